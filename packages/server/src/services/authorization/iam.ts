/** The actions of iam and their resources: roles, users and policies, whose ARNs hold their paths. */

import { reservedRolePath } from '@mayfly/identity-center/account-access/role-credentials'
import type { IamUser } from '@mayfly/identity-center/iam/user'
import { type ActionMapping, type Asking, keyed, requestTagKeys } from './asked-actions.ts'
import { inPartition } from './asked-input.ts'

/** These are about the policy that they name; elsewhere a policy is what is attached, and a condition key. */
const ABOUT_POLICY = new Set([
  'CreatePolicyVersion',
  'DeletePolicy',
  'DeletePolicyVersion',
  'GetPolicy',
  'GetPolicyVersion',
  'ListEntitiesForPolicy',
  'ListPolicyTags',
  'ListPolicyVersions',
  'SetDefaultPolicyVersion',
  'TagPolicy',
  'UntagPolicy',
])

/** These are about the user who asks where they name none. */
const ABOUT_ASKER = new Set(['CreateAccessKey', 'DeleteAccessKey', 'GetUser', 'ListAccessKeys', 'UpdateAccessKey'])

/** What a request is about, behind the account: `role/ci/Deploy`; and what bounds it already. */
interface Subject {
  readonly paths: readonly string[]
  readonly permissionsBoundary?: string | undefined
}

/**
 * The role as it is spelt: IAM finds it by any capitals, and a policy that names it must not be passed by with others.
 * Otherwise the role that is to be made, or one that is not there.
 */
async function roleOf(asked: string, { operation, input, caller, instance, store }: Asking): Promise<Subject> {
  if (operation === 'CreateRole') return { paths: [`role${input.text('Path') ?? '/'}${asked}`] }
  if (/^AWSReservedSSO_/i.test(asked)) return { paths: [`role${reservedRolePath(instance.region)}${asked}`] }
  const role = await store.roles.findByName(caller.accountId, asked)
  if (role === undefined) return { paths: [`role/${asked}`] }
  return { paths: [`role${role.path}${role.name}`], permissionsBoundary: role.permissionsBoundary }
}

/** The user as it is spelt, as with roles. Another name or path has to be allowed beside the one before. */
async function userOf(asked: string, { operation, input, caller, store }: Asking): Promise<Subject> {
  if (operation === 'CreateUser') return { paths: [`user${input.text('Path') ?? '/'}${asked}`] }
  const user = await store.iamUsers.findByName(caller.accountId, asked)
  if (user === undefined) return { paths: [`user/${asked}`] }
  if (operation !== 'UpdateUser') return subjectOf(user)
  const [path = user.path, name = user.name] = [input.text('NewPath'), input.text('NewUserName')]
  return { ...subjectOf(user), paths: [...new Set([...subjectOf(user).paths, `user${path}${name}`])] }
}

const subjectOf = ({ path, name, permissionsBoundary }: IamUser): Subject => ({
  paths: [`user${path}${name}`],
  permissionsBoundary,
})

/** The user whose key is asked for; nothing that can be named where the account has no such key. */
async function ownerOf(accessKeyId: string, { caller, store }: Asking): Promise<Subject> {
  const found = await store.iamAccessKeys.find(accessKeyId)
  return found?.user.accountId === caller.accountId ? subjectOf(found.user) : { paths: [] }
}

async function findSubject(asking: Asking): Promise<Subject> {
  const { operation, input, caller } = asking
  const role = input.text('RoleName')
  if (role !== undefined) return await roleOf(role, asking)
  const user = input.text('UserName')
  if (user !== undefined) return await userOf(user, asking)
  if (caller.type === 'iam-user' && ABOUT_ASKER.has(operation)) return await userOf(caller.userName, asking)
  const accessKeyId = input.text('AccessKeyId')
  if (operation === 'GetAccessKeyLastUsed' && accessKeyId !== undefined) return await ownerOf(accessKeyId, asking)
  return { paths: [] }
}

export const iamActions: ActionMapping = async (asking) => {
  const { operation, input, caller, partition } = asking
  const action = `iam:${operation}`
  const account = `arn:${partition}:iam::${caller.accountId}`
  const policy = input.arn('PolicyArn', partition)
  if (ABOUT_POLICY.has(operation)) return [{ action, resources: [policy ?? '*'], keys: requestTagKeys(input) }]
  if (operation === 'CreatePolicy') {
    const resource = `${account}:policy${input.text('Path') ?? '/'}${input.text('PolicyName') ?? '*'}`
    return [{ action, resources: [resource], keys: requestTagKeys(input) }]
  }
  const { paths, permissionsBoundary: bounding } = await findSubject(asking)
  const permissionsBoundary = input.arn('PermissionsBoundary', partition) ?? inPartition(bounding, partition)
  const keys = {
    ...requestTagKeys(input),
    ...keyed('iam:policyarn', policy),
    ...keyed('iam:permissionsboundary', permissionsBoundary),
  }
  return [{ action, resources: paths.length === 0 ? ['*'] : paths.map((path) => `${account}:${path}`), keys }]
}
