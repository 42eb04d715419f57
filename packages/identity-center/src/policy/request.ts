/** What somebody asks for, as policies see it. */

/** The condition keys of a request, in lower case, each with its values. A key without a value is not there. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>

/** Who asks, as the principals of resource policies and trust policies name them. */
export interface RequestPrincipal {
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>`, an IAM user's ARN, or a web identity's provider. */
  readonly arn: string
  readonly accountId: string
  /** The role behind the session, with its path. */
  readonly roleArn?: string
  /** The OpenID provider or SAML provider that vouches for a federated principal. */
  readonly federatedBy?: string
  /** `sso.amazonaws.com` */
  readonly service?: string
}

export interface AuthorizationRequest {
  /** `sso:CreatePermissionSet` */
  readonly action: string
  /** An ARN, or `*` for an action that is about no resource. */
  readonly resource: string
  readonly context: ConditionContext
  /** Needed where a policy that names principals is evaluated. */
  readonly principal?: RequestPrincipal
}
