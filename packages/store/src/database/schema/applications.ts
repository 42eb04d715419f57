/** The tables of applications and trusted token issuers. */

import type { Application, ApplicationAccessScope } from '@mayfly/identity-center/applications/application'
import type { ApplicationAssignment } from '@mayfly/identity-center/applications/application-assignment'
import type { SpentAssertion } from '@mayfly/identity-center/applications/spent-assertion'
import type { TrustedTokenIssuer } from '@mayfly/identity-center/applications/trusted-token-issuer'
import type { ClientToken } from '@mayfly/identity-center/client-token'
import type { ApplicationArn } from '@mayfly/identity-center/identifiers'
import type { RowOf } from '../codec.ts'

/** An assignment with its principal in two columns. */
export interface FlatApplicationAssignment extends Omit<ApplicationAssignment, 'principal'> {
  readonly principalType: 'USER' | 'GROUP'
  readonly principalId: string
}

/** A grant of an application: its kind for finding, and the whole of it. */
export interface FlatApplicationGrant {
  readonly applicationArn: ApplicationArn
  readonly type: string
  readonly details: string
}

/** A scope of an application. */
export interface FlatAccessScope extends ApplicationAccessScope {
  readonly applicationArn: ApplicationArn
}

export interface ApplicationsSchema {
  applications: RowOf<Application>
  application_assignments: RowOf<FlatApplicationAssignment>
  application_grants: RowOf<FlatApplicationGrant>
  application_access_scopes: RowOf<FlatAccessScope>
  trusted_token_issuers: RowOf<TrustedTokenIssuer>
  spent_assertions: RowOf<SpentAssertion>
  client_tokens: RowOf<ClientToken>
}
