/** The organization of a server that starts for the first time: one account, one role, and nobody yet. */

import { hours } from '@mayfly/identity-center/duration'
import type { AccountId, IdentityStoreId } from '@mayfly/identity-center/identifiers'
import { partitionOf } from '@mayfly/identity-center/partition'
import { type Random, randomHex, randomText } from '@mayfly/identity-center/random'
import type { Config } from '../context/settings.ts'
import type { Organization } from './organization.ts'

/** The group whose members administer the instance. */
const ADMINISTRATORS = 'Administrators'

/** Whoever takes the first administrator's link joins the group that is assigned here. */
export function createFreshOrganization(
  config: Pick<Config, 'region' | 'managementAccount'>,
  random: Random,
): Organization {
  const owner = (config.managementAccount ?? `9${randomText(random, '0123456789', 11)}`) as AccountId
  return {
    instance: {
      id: randomHex(random, 16),
      identityStoreId: `d-${randomHex(random, 10)}` as IdentityStoreId,
      name: 'Mayfly',
      region: config.region,
      ownerAccountId: owner,
      startUrlAliases: [],
      sessionDuration: hours(8),
      mfaPrompt: 'always-on',
      mfaWithoutDevice: 'require-registration',
      deviceGrantEnabled: true,
    },
    organizationalUnits: [],
    serviceControlPolicies: [],
    accounts: [{ id: owner, name: 'Management', email: 'management@mayfly.invalid' }],
    permissionSets: [
      {
        name: 'AdministratorAccess',
        description: 'Everything, for an hour',
        sessionDuration: hours(1),
        managedPolicies: [`arn:${partitionOf(config.region)}:iam::aws:policy/AdministratorAccess`],
      },
    ],
    groups: [{ name: ADMINISTRATORS, description: 'They administer this instance' }],
    users: [],
    assignments: [
      {
        principal: { type: 'GROUP', name: ADMINISTRATORS },
        permissionSets: ['AdministratorAccess'],
        accounts: [owner],
      },
    ],
  }
}
