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
    const users = await iam.listUsers()
    if (users.length > MOST_USERS) return
    const userName = await findHolder(
      iam,
      users.map((user) => user.userName),
      answers.accessKeyId,
    )
    if (userName === undefined) {
      answers.verdict = { state: 'dead', reason: `none of the ${users.length} users of the account has it: deleted` }
      return
    }
    answers.userName = userName
    await askKeysOfUser(iam, userName, answers)
    await askUser(iam, userName, answers)
  } catch (error) {
    answers.failed.push({ what: `looking through the users as ${name}`, why: describeRefusal(error) })
  }
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
