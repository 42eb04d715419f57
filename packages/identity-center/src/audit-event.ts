/** What was asked, by whom, and the answer, in the shape of a CloudTrail record (§7.4). */

export interface AuditEvent {
  /** A uuid. */
  readonly eventId: string
  readonly eventTime: Date
  /** `sso.amazonaws.com`, `sso-oauth.amazonaws.com`, `signin.amazonaws.com`, `sts.amazonaws.com`, … */
  readonly eventSource: string
  readonly eventName: string
  readonly requestId: string
  readonly sourceAddress: string
  readonly userAgent: string
  readonly userIdentity: Readonly<Record<string, unknown>>
  readonly requestParameters?: Readonly<Record<string, unknown>>
  readonly responseElements?: Readonly<Record<string, unknown>>
  /** How it came about: the kinds of credentials shown, the sign-in that an event is a step of. */
  readonly additionalEventData?: Readonly<Record<string, unknown>>
  /** What came of something that is no API call: `{ CredentialVerification: 'Failure' }`. */
  readonly serviceEventDetails?: Readonly<Record<string, unknown>>
  readonly errorCode?: string
  readonly errorMessage?: string
  readonly readOnly: boolean
}
