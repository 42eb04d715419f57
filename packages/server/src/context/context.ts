/** All that an operation or a page may touch. */

import type { Clock } from '@mayfly/identity-center/clock'
import type { Instance } from '@mayfly/identity-center/instance'
import type { Requester } from '@mayfly/identity-center/oauth/device-authorization'
import type { Random } from '@mayfly/identity-center/random'
import type { Store } from '@mayfly/store'
import type { Wire } from '@mayfly/wire/serve'
import type { SigningKeys } from '@mayfly/wire/signature/signing-key'
import type { Keys } from '../keys/keys.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { Policies } from '../policies/policies.ts'
import type { RoleCredentialsIssuer } from '../role-credentials/issuer.ts'
import type { Revocations } from '../role-credentials/revocations.ts'
import type { IssuerKeys } from '../trusted-issuer/issuer-keys.ts'
import type { AccessKeyUses } from './access-key-uses.ts'
import type { DirectoryRoom } from './directory-room.ts'
import type { Log } from './log.ts'
import type { RateLimit } from './rate-limit.ts'
import type { Config } from './settings.ts'

/** What is the same for every request. */
export interface ServerContext {
  readonly clock: Clock
  readonly random: Random
  readonly store: Store
  readonly config: Config
  readonly log: Log
  readonly keys: Keys
  readonly issuer: RoleCredentialsIssuer
  readonly revocations: Revocations
  /** What each role session and each IAM user may do. */
  readonly policies: Policies
  /** Queues e-mail. */
  readonly mail: Mailer
  /** The published models of the services that are served, and how they travel. */
  readonly wire: Wire
  /** The public keys of outside issuers, remembered likewise. */
  readonly issuerKeys: IssuerKeys
  /** Derived signing keys, remembered from one request to the next. */
  readonly signingKeys: SigningKeys
  /** When each long-term access key was last used. */
  readonly accessKeyUses: AccessKeyUses
  /** For more users and groups. */
  readonly directoryRoom: DirectoryRoom
  /** For unsigned calls that create something. */
  readonly unsignedCalls: RateLimit
  /** For the audit events of strangers who are refused. */
  readonly refusedCalls: RateLimit
  /** For the portal's operations, by user. */
  readonly portalCalls: RateLimit
  /** The one instance that this server serves. */
  instance(): Promise<Instance>
}

/** What one request adds. */
export interface RequestContext {
  /** A uuid, on every answer as `x-amzn-RequestId`. */
  readonly requestId: string
  /** The client's address and user agent. */
  readonly requester: Requester
  /** `http://localhost:7373`: the public URL when one is set, and otherwise the name that the client used. */
  readonly origin: string
}

export type Context = ServerContext & RequestContext
