/** What a granted permission set allows: read from its role with its own credentials, or known by its name. */

import type { Machine } from '../../machine/machine.ts'
import type { Settings } from '../../shared-config/settings.ts'
import type { AccountReach } from '../inquiry/account-reach.ts'
import { openReaderAsRole } from '../inquiry/account-readers.ts'
import type { UserPolicy } from '../inquiry/key-facts.ts'
import { describeRefusal } from '../inquiry/key-state.ts'
import { readRolePolicies } from '../inquiry/role-policies.ts'
import { type PrincipalPolicies, parsePolicies } from './policy-statements.ts'

export interface PermissionSetPolicies {
  /** Through which it is granted. */
  readonly reach: AccountReach
  readonly roleName: string
  /** `read`: from IAM. `name`: AWS has a managed policy of the set's name, and that is taken for it. */
  readonly known: 'read' | 'name' | 'not'
  readonly policies: PrincipalPolicies
  /** Why they could not be read. */
  readonly why?: string
}

const NOTHING: PrincipalPolicies = { statements: [], unread: [] }

/** Policies of one set. Never rejects: what cannot be read is told. */
export async function readPermissionSet(
  machine: Machine,
  settings: Settings,
  reach: AccountReach,
  roleName: string,
  { offline = false }: { readonly offline?: boolean } = {},
): Promise<PermissionSetPolicies> {
  const find = await openPredefined()
  if (offline) return byName({ reach, roleName }, 'nobody was asked', find)
  try {
    const { iam } = await openReaderAsRole(machine, settings, reach, roleName)
    const { arn } = await iam.getCallerIdentity()
    const iamRole = /:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? ''
    const { policies, cannot } = await readRolePolicies(iam, iamRole)
    // A list that was refused is worse than a document that was: nobody knows what is missing.
    const refused = cannot.find(({ what }) => !what.startsWith('the document of '))
    if (!refused) return { reach, roleName, known: 'read', policies: parsePolicies(policies, find) }
    return byName({ reach, roleName }, refused.why, find)
  } catch (error) {
    return byName({ reach, roleName }, describeRefusal(error), find)
  }
}

/** People name permission sets after what they attach: `AdministratorAccess`, `AWSReadOnlyAccess`. */
function byName(
  set: Pick<PermissionSetPolicies, 'reach' | 'roleName'>,
  why: string,
  find: FindPredefined,
): PermissionSetPolicies {
  const name = set.roleName.replace(/^AWS(?=[A-Z][a-z])/, '')
  const document = ['', 'job-function/'].map((path) => find(`arn:aws:iam::aws:policy/${path}${name}`)).find(Boolean)
  if (document === undefined) return { ...set, known: 'not', policies: NOTHING, why }
  const policy: UserPolicy = { name, way: 'attached', document }
  return { ...set, known: 'name', policies: parsePolicies([policy]), why }
}

export type FindPredefined = (arn: string) => string | undefined

/** Documents of policies that AWS manages, as far as they are known here. They are many kilobytes: read when needed. */
export async function openPredefined(): Promise<FindPredefined> {
  const { findPredefinedPolicy } = await import('@mayfly/identity-center/policy/predefined-policies')
  return (arn) => findPredefinedPolicy(arn)?.document
}
