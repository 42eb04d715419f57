/** Asks IAM about a key as somebody: whose it is, whether it is active, what it did last, and what its user may do. */

import type { Reader } from './account-readers.ts'
import type { Answers } from './answers.ts'
import type { KeyDescription } from './iam-answers.ts'
import type { Iam } from './iam-client.ts'
import type { OtherKey } from './key-facts.ts'
import { describeRefusal, isMissing } from './key-state.ts'
import { readUserPolicies } from './user-policies.ts'

/** A user has two keys at most; a server that names more is not followed. */
const MOST_KEYS = 5

/** Fills in what this reader may know. `answers.verdict` stays empty where it could not tell whether the key lives. */
export async function askReader({ name, iam }: Reader, answers: Answers): Promise<void> {
  answers.askedAs.push(name)
  try {
    answers.accountId ??= (await iam.getAccountOfKey(answers.accessKeyId)) || undefined
    const { userName, lastUsed } = await iam.getAccessKeyLastUsed(answers.accessKeyId)
    answers.lastUsed = lastUsed
    if (userName === undefined || userName.startsWith('<')) {
      // IAM names a user for every key but the root user's.
      answers.isRoot = true
      answers.verdict = { state: 'live', reason: 'IAM knows the key, and no user of it' }
      return
    }
    answers.userName = userName
    await askKeysOfUser(iam, userName, answers)
    await askUser(iam, userName, answers)
  } catch (error) {
    if (isMissing(error)) answers.verdict = { state: 'dead', reason: 'IAM has no such key: deleted, or never there' }
    else answers.failed.push({ what: `asking as ${name}`, why: describeRefusal(error) })
  }
}

/** Whether the key is active, when it was made, and which others its user has. */
export async function askKeysOfUser(iam: Iam, userName: string, answers: Answers): Promise<void> {
  const keys = await iam.listAccessKeys(userName)
  const own = keys.find(({ accessKeyId }) => accessKeyId === answers.accessKeyId)
  if (own?.createdAt) answers.createdAt = own.createdAt
  const state = own === undefined ? 'dead' : own.status === 'Active' ? 'live' : 'inactive'
  answers.verdict = { state, reason: own ? `IAM lists it as ${own.status}` : 'its user has no such key: deleted' }
  answers.otherKeys = await listOthers(iam, keys, answers)
}

/** The user's other keys, each with its last use where that may be asked. */
export function listOthers(iam: Iam, keys: readonly KeyDescription[], answers: Answers): Promise<readonly OtherKey[]> {
  const others = keys.filter(({ accessKeyId }) => accessKeyId !== answers.accessKeyId).slice(0, MOST_KEYS)
  return Promise.all(
    others.map(async ({ accessKeyId, status, createdAt }): Promise<OtherKey> => {
      const used = await iam.getAccessKeyLastUsed(accessKeyId).catch((error: unknown) => {
        answers.cannot.push({ what: `last use of ${accessKeyId}`, why: describeRefusal(error) })
      })
      return { accessKeyId, status, ...(createdAt && { createdAt }), ...(used && { lastUsed: used.lastUsed }) }
    }),
  )
}

/** The user itself, and its policies. */
export async function askUser(iam: Iam, userName: string, answers: Answers): Promise<void> {
  const user = await iam.getUser(userName).catch((error: unknown) => {
    answers.cannot.push({ what: 'the user', why: describeRefusal(error) })
  })
  if (user) {
    answers.user = user
    if (user.arn !== '') answers.arn ??= user.arn
  }
  const { cannot, policies, isWhole } = await readUserPolicies(iam, userName, user?.boundaryArn)
  answers.cannot.push(...cannot)
  // Without the user nobody knows whether there is a boundary.
  answers.policies = { policies, isWhole: isWhole && user !== undefined }
}
