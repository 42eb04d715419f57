/** What a granted permission set allows: read from its role with its own credentials, or known by its name. */

import type { Machine } from '../../machine/machine.ts'
import type { Settings } from '../../shared-config/settings.ts'
import type { AccountReach } from '../inquiry/account-reach.ts'
import { listLikelyReaders, openReaderAsRole, type Reader } from '../inquiry/account-readers.ts'
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

/** Reads each set once. Never rejects: what cannot be read is told. `offline` asks nobody. */
export type ReadPermissionSet = (
  reach: AccountReach,
  roleName: string,
  /** Who else of the person's might read it: most sets may not read themselves. */
  reaches: readonly AccountReach[],
) => Promise<PermissionSetPolicies>

/** Others that are tried for one set. */
const MOST_READERS = 3
const READING = { remembers: true }

export function openPermissionSets(
  machine: Machine,
  settings: Settings,
  { offline }: { readonly offline: boolean },
): ReadPermissionSet {
  const readers = new Map<string, Promise<Reader>>()
  const sets = new Map<string, Promise<PermissionSetPolicies>>()

  const openAs = (reach: AccountReach, roleName: string): Promise<Reader> => {
    const place = placeOf(reach, roleName)
    const reader = readers.get(place) ?? openReaderAsRole(machine, settings, reach, roleName, READING)
    readers.set(place, reader)
    return reader
  }

  async function* listReaders(own: Reader, reach: AccountReach, reaches: readonly AccountReach[]) {
    yield own
    const others = listLikelyReaders(reaches).filter((other) => other.reach.accountId === reach.accountId)
    for (const other of others.slice(0, MOST_READERS)) {
      const reader = await openAs(other.reach, other.roleName).catch(() => undefined)
      if (reader && reader !== own) yield reader
    }
  }

  async function read(...[reach, roleName, reaches]: Parameters<ReadPermissionSet>): Promise<PermissionSetPolicies> {
    const find = await openPredefined()
    let why: string | undefined
    try {
      const own = await openAs(reach, roleName)
      const { arn } = await own.iam.getCallerIdentity()
      const iamRole = /:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? ''
      for await (const reader of listReaders(own, reach, reaches)) {
        const { policies, cannot } = await readRolePolicies(reader.iam, iamRole)
        // A list that was refused is worse than a document that was: nobody knows what is missing.
        const refused = cannot.find(({ what }) => !what.startsWith('the document of '))
        if (!refused) return { reach, roleName, known: 'read', policies: parsePolicies(policies, find) }
        why ??= refused.why
      }
    } catch (error) {
      why = describeRefusal(error)
    }
    return byName({ reach, roleName }, why ?? 'nobody could be asked', find)
  }

  return async (reach, roleName, reaches) => {
    if (offline) return byName({ reach, roleName }, 'nobody was asked', await openPredefined())
    const place = placeOf(reach, roleName)
    const set = sets.get(place) ?? read(reach, roleName, reaches)
    sets.set(place, set)
    return set
  }
}

const placeOf = ({ sso, accountId }: AccountReach, roleName: string): string =>
  `${sso.startUrl} ${accountId}/${roleName}`

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
  return (arn) => {
    const document = findPredefinedPolicy(arn)?.document
    return document === undefined ? undefined : withoutOwnActions(document)
  }
}

/** Without those of our own service, which AWS's policies know nothing of. */
function withoutOwnActions(document: string): string {
  const { Statement, ...rest } = JSON.parse(document) as { Statement: readonly Record<string, unknown>[] }
  const statements = Statement.flatMap((statement) => {
    const name = 'NotAction' in statement ? 'NotAction' : 'Action'
    const actions = [statement[name]].flat().filter((action) => !String(action).startsWith('mayfly:'))
    return actions.length === 0 ? [] : [{ ...statement, [name]: actions }]
  })
  return JSON.stringify({ ...rest, Statement: statements })
}
