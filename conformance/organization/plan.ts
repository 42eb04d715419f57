/** A whole organization: 50 accounts in units, 200 users in 20 groups, 15 permission sets, 300 assignments. */

export interface PlannedUnit {
  readonly name: string
  /** The unit above; the root when absent. */
  readonly parent?: string
}

export interface PlannedAccount {
  readonly name: string
  readonly email: string
  readonly unit: string
}

export interface PlannedUser {
  readonly userName: string
  readonly givenName: string
  readonly familyName: string
  readonly email: string
  readonly groups: readonly string[]
}

export interface PlannedPermissionSet {
  readonly name: string
  readonly description: string
  readonly sessionDuration: string
  readonly managedPolicies: readonly string[]
  readonly inlinePolicy?: string
}

export interface PlannedAssignment {
  readonly account: string
  readonly permissionSet: string
  readonly principalType: 'USER' | 'GROUP'
  readonly principal: string
}

export interface Plan {
  readonly units: readonly PlannedUnit[]
  readonly accounts: readonly PlannedAccount[]
  readonly groups: readonly string[]
  readonly users: readonly PlannedUser[]
  readonly permissionSets: readonly PlannedPermissionSet[]
  readonly assignments: readonly PlannedAssignment[]
}

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const padded = (number: number, width: number): string => String(number + 1).padStart(width, '0')

const UNITS: readonly PlannedUnit[] = [
  { name: 'Security' },
  { name: 'Sandbox' },
  { name: 'Infrastructure' },
  { name: 'Network', parent: 'Infrastructure' },
  { name: 'Shared Services', parent: 'Infrastructure' },
  { name: 'Workloads' },
  { name: 'Development', parent: 'Workloads' },
  { name: 'Staging', parent: 'Workloads' },
  { name: 'Production', parent: 'Workloads' },
  { name: 'Regulated', parent: 'Production' },
]

const MANAGED = [
  'ReadOnlyAccess',
  'PowerUserAccess',
  'SecurityAudit',
  'job-function/ViewOnlyAccess',
  'job-function/Billing',
]

const account = (index: number): string => `account-${padded(index, 2)}`
const group = (index: number): string => `group-${padded(index, 2)}`
const permissionSet = (index: number): string => `Set-${padded(index, 2)}`
const user = (index: number): string => `user-${padded(index, 3)}`

/** The plan: the same in every run. */
export function createPlan(): Plan {
  return {
    units: UNITS,
    accounts: numbers(50).map((index) => ({
      name: account(index),
      email: `${account(index)}@whole.example`,
      unit: UNITS[index % UNITS.length]?.name ?? '',
    })),
    groups: numbers(20).map(group),
    users: numbers(200).map((index) => ({
      userName: user(index),
      givenName: `Given ${index + 1}`,
      familyName: `Family ${index % 17}`,
      email: `${user(index)}@whole.example`,
      groups: [...new Set([group(index % 20), ...(index % 3 === 0 ? [group((index * 7) % 20)] : [])])],
    })),
    permissionSets: numbers(15).map((index) => ({
      name: permissionSet(index),
      description: `The set number ${index + 1}`,
      sessionDuration: `PT${(index % 12) + 1}H`,
      managedPolicies: [`arn:aws:iam::aws:policy/${MANAGED[index % MANAGED.length]}`],
      ...(index % 4 === 1 ? { inlinePolicy: inlinePolicy(index) } : {}),
    })),
    assignments: createAssignments(),
  }
}

const inlinePolicy = (index: number): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::bucket-${index}/*` }],
  })

/** Every one of the accounts with every one of the permission sets and of the groups. */
export interface PlannedProduct {
  readonly accounts: readonly string[]
  readonly permissionSets: readonly string[]
  readonly groups: readonly string[]
}

/** The first 120 assignments: what a wizard that multiplies makes in one go. */
export const AT_ONCE: PlannedProduct = {
  accounts: numbers(20).map((index) => account(index + 9)),
  permissionSets: numbers(3).map(permissionSet),
  groups: numbers(2).map(group),
}

/** 200 of groups and 100 of users; no two alike. */
function createAssignments(): PlannedAssignment[] {
  const made = new Map<string, PlannedAssignment>()
  const add = (assignment: PlannedAssignment) => made.set(Object.values(assignment).join('/'), assignment)
  for (const one of multiply(AT_ONCE)) add(one)
  for (let turn = 0; made.size < 300; turn++) {
    const ofGroup = made.size < 200
    add({
      account: account((turn * 13) % 50),
      permissionSet: permissionSet((turn * 7 + Math.floor(turn / 50)) % 15),
      principalType: ofGroup ? 'GROUP' : 'USER',
      principal: ofGroup ? group((turn * 3) % 20) : user((turn * 11) % 200),
    })
  }
  return [...made.values()]
}

const multiply = ({ accounts, permissionSets, groups }: PlannedProduct): PlannedAssignment[] =>
  accounts.flatMap((account) =>
    permissionSets.flatMap((permissionSet) =>
      groups.map((principal) => ({ account, permissionSet, principalType: 'GROUP', principal }) as const),
    ),
  )

/** Who may take which set in which account: `user-001 account-01 Set-01`, sorted, each once. */
export function expectedAccess({ users, assignments }: Plan): string[] {
  const found = new Set<string>()
  for (const { userName, groups } of users) {
    for (const { account, permissionSet, principalType, principal } of assignments) {
      const holds = principalType === 'USER' ? principal === userName : groups.includes(principal)
      if (holds) found.add(`${userName} ${account} ${permissionSet}`)
    }
  }
  return [...found].sort()
}
