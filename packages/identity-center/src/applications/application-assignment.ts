/** Who may use which application. */

import type { Principal } from '../account-access/account-assignment.ts'
import type { ApplicationArn } from '../identifiers.ts'

export interface ApplicationAssignment {
  readonly applicationArn: ApplicationArn
  readonly principal: Principal
  readonly createdAt: Date
}
