/** Who may do what: the policies that count for each role session and IAM user, compiled, held in memory until something changes. */

import type { AccountId, OrganizationalUnitId, PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { IDENTITY_CENTER_PRINCIPAL } from '@mayfly/identity-center/organization/delegated-administrator'
import type { Organization } from '@mayfly/identity-center/organization/organization'
import { rootPath } from '@mayfly/identity-center/organization/organizational-unit'
import { partitionOfArn } from '@mayfly/identity-center/partition'
import type { EffectivePolicies } from '@mayfly/identity-center/policy/evaluate'
import type { Policy } from '@mayfly/identity-center/policy/policy'
import type { Store } from '@mayfly/store'
import type { OwnPolicies } from './own-policies.ts'
import { type Complaints, PolicyDocuments } from './policy-documents.ts'
import { findPoliciesOfRole } from './role-policies.ts'
import { findPoliciesOfUser } from './user-policies.ts'

/** As much of a caller as decides what it may do; a role caller is one, and so is an IAM user. */
export type PolicyHolder = RolePolicyHolder | UserPolicyHolder

interface UserPolicyHolder {
  readonly accountId: AccountId
  /** One who was made anew under the same name is another. */
  readonly iamUserId: string
}

interface RolePolicyHolder {
  readonly accountId: AccountId
  readonly roleName: string
  /** Of a reserved role. */
  readonly permissionSetArn?: PermissionSetArn
  /** The session's, for its partition. */
  readonly arn: string
  readonly sessionPolicies?: { readonly inline?: string; readonly arns: readonly string[] }
}

/** What is known of an account. */
interface AccountPolicies {
  /** Absent where none restricts it: outside an organization, in its management account, while they are not enabled. */
  readonly serviceControl?: readonly (readonly Policy[])[]
  /** `o-…/r-…/ou-…/`; absent outside an organization. */
  readonly organizationPath?: string
  /** Whether it administers a service, whichever, in the organization's place. */
  readonly delegatedServices: boolean
}

interface OrganizationFacts {
  readonly organization?: Organization
  /** The account that administers this instance besides the management account. */
  readonly delegatedAdministrator?: AccountId
}

/** All that decides for one caller. */
export interface CallerPolicies extends EffectivePolicies {
  /** The tags of the role or the user, beside those of the session. */
  readonly ownTags: Readonly<Record<string, string>>
  readonly organization?: Organization
  readonly organizationPath?: string
  readonly delegatedAdministrator?: AccountId
  /** Whether the account administers a service, whichever, in the organization's place. */
  readonly delegatedServices: boolean
  readonly asksForResourceTags: boolean
}

/** Everything that was read since the last change. */
interface Known {
  /** By account, and the name of a role or the id of a user. */
  readonly principals: Map<string, Promise<OwnPolicies>>
  readonly accounts: Map<string, Promise<AccountPolicies>>
  readonly sessions: Map<string, Promise<readonly Policy[]>>
  organization?: Promise<OrganizationFacts>
}

/** Roles and users beyond this many are read anew. */
const MOST_PRINCIPALS = 10_000

export class Policies {
  readonly #store: Store
  /** A text means the same whatever changes around it. */
  readonly #documents: PolicyDocuments
  #changes = -1
  #known: Known = forgotten()

  constructor(store: Store, log: Complaints) {
    this.#store = store
    this.#documents = new PolicyDocuments(store, log)
  }

  /** Forgets everything when something has changed since, on whichever node. */
  async refresh(): Promise<void> {
    const changes = await this.#store.policyChanges.count()
    if (changes !== this.#changes) this.changed()
    this.#changes = changes
  }

  /** Forgets everything: for whoever has just committed a change of what somebody may do. */
  changed(): void {
    this.#known = forgotten()
  }

  /** The policies of a role session or an IAM user, from memory unless it is the first call since a change. */
  async of(holder: PolicyHolder): Promise<CallerPolicies> {
    const known = this.#known
    const [own, account, facts] = await Promise.all([
      this.#ownOf(holder, known),
      this.#accountOf(holder.accountId, known),
      this.#factsOf(known),
    ])
    const session = await this.#sessionPoliciesOf(holder, known)
    const { identity, permissionsBoundary, tags: ownTags } = own
    const all = [
      ...identity,
      ...(permissionsBoundary ?? []),
      ...(session ?? []),
      ...(account.serviceControl?.flat() ?? []),
    ]
    return {
      ...account,
      ...facts,
      identity,
      ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
      ...(session === undefined ? {} : { session }),
      ownTags,
      asksForResourceTags: all.some(({ asksForResourceTags }) => asksForResourceTags),
    }
  }

  /** A document of that role's trust, compiled. */
  compileTrust(document: string): Policy {
    return this.#documents.compile(document, 'trust')
  }

  #ownOf(holder: PolicyHolder, { principals }: Known): Promise<OwnPolicies> {
    if (principals.size >= MOST_PRINCIPALS) principals.clear()
    const parts = { store: this.#store, documents: this.#documents }
    const { accountId } = holder
    if ('iamUserId' in holder) {
      // No role's name has a slash in it.
      return remember(principals, `${accountId}/user/${holder.iamUserId}`, () =>
        findPoliciesOfUser(holder.iamUserId, parts),
      )
    }
    const { roleName, permissionSetArn, arn } = holder
    const role = { accountId, roleName, partition: partitionOfArn(arn) }
    return remember(principals, `${accountId}/${roleName}`, () =>
      findPoliciesOfRole(permissionSetArn === undefined ? role : { ...role, permissionSetArn }, parts),
    )
  }

  #accountOf(accountId: AccountId, known: Known): Promise<AccountPolicies> {
    return remember(known.accounts, accountId, async () => {
      const { organization } = await this.#factsOf(known)
      const account = organization && (await this.#store.accounts.find(accountId))
      if (!organization || !account) return { delegatedServices: false }
      const unit = await this.#store.organizationalUnits.find(account.parentId as OrganizationalUnitId)
      const delegated = await this.#store.delegatedAdministrators.listOfAccount(accountId, { limit: 1 })
      const facts = {
        organizationPath: unit?.path ?? rootPath(organization),
        delegatedServices: delegated.items.length > 0,
      }
      // Service control policies never restrict the management account.
      if (accountId === organization.managementAccountId) return facts
      const levels = await this.#store.organizationPolicies.serviceControlPoliciesOf(accountId)
      if (levels.length === 0) return facts
      const compile = (text: string): Policy => this.#documents.compile(text, 'service-control')
      return { ...facts, serviceControl: levels.map((level) => level.map(compile)) }
    })
  }

  #factsOf(known: Known): Promise<OrganizationFacts> {
    known.organization ??= this.#readFacts()
    known.organization.catch(() => {
      delete known.organization
    })
    return known.organization
  }

  async #readFacts(): Promise<OrganizationFacts> {
    const organization = await this.#store.organizations.find()
    const administrators = await this.#store.delegatedAdministrators.list(IDENTITY_CENTER_PRINCIPAL, { limit: 1 })
    const delegatedAdministrator = administrators.items[0]?.accountId
    return {
      ...(organization === undefined ? {} : { organization }),
      ...(delegatedAdministrator === undefined ? {} : { delegatedAdministrator }),
    }
  }

  async #sessionPoliciesOf(holder: PolicyHolder, { sessions }: Known): Promise<readonly Policy[] | undefined> {
    if ('iamUserId' in holder || holder.sessionPolicies === undefined) return undefined
    const { inline, arns } = holder.sessionPolicies
    if (inline === undefined && arns.length === 0) return undefined
    if (sessions.size >= MOST_PRINCIPALS) sessions.clear()
    return await remember(sessions, JSON.stringify([inline, arns]), async () => {
      const managed = await this.#documents.findManaged(arns)
      return inline === undefined ? managed : [...managed, this.#documents.compile(inline, 'session')]
    })
  }
}

const forgotten = (): Known => ({ principals: new Map(), accounts: new Map(), sessions: new Map() })

/** Reads once, however many ask at the same time; a failure is not remembered. */
function remember<T>(known: Map<string, Promise<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const found = known.get(key)
  if (found) return found
  const reading = read()
  known.set(key, reading)
  reading.catch(() => known.delete(key))
  return reading
}
