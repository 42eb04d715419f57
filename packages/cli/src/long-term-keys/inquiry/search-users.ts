/** Looks for a key among all users of an account: IAM denies every question about a key that is gone, as if it were forbidden. */

import type { Reader } from './account-readers.ts'
import type { Answers } from './answers.ts'
import { askKeysOfUser, askUser } from './ask-reader.ts'
import type { Iam } from './iam-client.ts'
import { describeRefusal } from './key-state.ts'

/** More users than these are not gone through for one key. */
const MOST_USERS = 300
/** Users asked about at once; the limiter behind sets the pace. */
const AT_ONCE = 8

/** Decides the verdict where the reader is of the key's account, and may list users and their keys. */
export async function searchUsers({ name, iam }: Reader, answers: Answers): Promise<void> {
  if (iam.accountId !== answers.accountId) return
  try {
    const search = await findUserOfKey(iam, answers.accessKeyId)
    if (search === undefined) return
    const { userName, users } = search
    if (userName === undefined) {
      answers.verdict = { state: 'dead', reason: `none of the ${users} users of the account has it: deleted` }
      return
    }
    answers.userName = userName
    await askKeysOfUser(iam, userName, answers)
    await askUser(iam, userName, answers)
  } catch (error) {
    answers.failed.push({ what: `looking through the users as ${name}`, why: describeRefusal(error) })
  }
}

/** The user that has the key, of so many; nothing where there are more than are gone through. Rejects as IAM does. */
export async function findUserOfKey(
  iam: Iam,
  accessKeyId: string,
): Promise<{ readonly userName: string | undefined; readonly users: number } | undefined> {
  const users = await iam.listUsers()
  if (users.length > MOST_USERS) return undefined
  const names = users.map((user) => user.userName)
  return { userName: await findHolder(iam, names, accessKeyId), users: users.length }
}

async function findHolder(iam: Iam, names: readonly string[], accessKeyId: string): Promise<string | undefined> {
  const queue = names.values()
  let holder: string | undefined
  async function work(): Promise<void> {
    for (const name of queue) {
      if (holder !== undefined) return
      const keys = await iam.listAccessKeys(name)
      if (keys.some((key) => key.accessKeyId === accessKeyId)) holder = name
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return holder
}
