/** What an inquiry about one key has found out so far. */

import type { Machine } from '../../machine/machine.ts'
import type { IamUser } from './iam-answers.ts'
import { withoutUndefined } from './iam-answers.ts'
import type { KeyFacts, LastUse, OtherKey, PolicySummary, Unanswered } from './key-facts.ts'
import type { StateVerdict } from './key-state.ts'
import { readOwnUses } from './own-uses.ts'

export interface Answers {
  readonly accessKeyId: string
  readonly isCanary: boolean
  accountId: string | undefined
  /** Absent until somebody could say. */
  verdict?: StateVerdict
  isRoot: boolean
  arn?: string
  userName?: string
  createdAt?: Date
  lastUsed?: LastUse
  otherKeys: readonly OtherKey[]
  policies?: PolicySummary
  user?: IamUser
  readonly cannot: Unanswered[]
  /** Who could not be asked, or could not say: of interest where nobody else did. */
  readonly failed: Unanswered[]
  readonly askedAs: string[]
}

export const startAnswers = (accessKeyId: string, accountId: string | undefined, isCanary: boolean): Answers => ({
  accessKeyId,
  accountId,
  isCanary,
  isRoot: false,
  otherKeys: [],
  cannot: [],
  failed: [],
  askedAs: [],
})

export const KEY_ITSELF = 'the key itself'

const NOBODY = 'nobody could be asked: no session reaches the account, and its secret is not known'

export async function factsOf(machine: Machine, answers: Answers): Promise<KeyFacts> {
  const { accessKeyId, accountId, verdict, isRoot, isCanary, arn, userName, createdAt, lastUsed, policies } = answers
  const isAnswered = verdict !== undefined && !answers.askedAs.includes(KEY_ITSELF)
  const cannot = isAnswered ? answers.cannot : [...answers.failed, ...answers.cannot]
  const first = cannot[0]
  const missing = first === undefined ? NOBODY : `nobody could say: ${first.why}`
  return {
    accessKeyId,
    state: verdict?.state ?? 'unknown',
    reason: verdict?.reason ?? missing,
    isRoot,
    isCanary,
    ...withoutUndefined({ accountId, arn, userName, createdAt, lastUsed, policies }),
    otherKeys: answers.otherKeys,
    tags: answers.user?.tags ?? [],
    cannot,
    askedAs: answers.askedAs,
    ownUses: await readOwnUses(machine, accessKeyId),
  }
}
