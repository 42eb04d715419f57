/** Asks with the key itself: it signs, and that is a use of it, which is noted as ours. */

import { ConnectionRefusal } from '../../machine/connection.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Settings } from '../../shared-config/settings.ts'
import type { HiddenSecret } from '../key/hidden-secret.ts'
import { type Answers, KEY_ITSELF } from './answers.ts'
import { askUser, listOthers } from './ask-reader.ts'
import { openIam } from './iam-client.ts'
import { describeRefusal, judgeRefusal } from './key-state.ts'
import { noteOwnUse } from './own-uses.ts'

export interface OwnQuestion {
  readonly answers: Answers
  readonly secret: HiddenSecret
  /** Of an Identity Center that answers for the account itself. */
  readonly startUrl: string | undefined
  /** Endpoints that gave no answer, and how that failed: they are not waited for again. Added to. */
  readonly unreachable: Map<string, ConnectionRefusal>
}

/** One host is asked, and it sees a signature alone. Decides the verdict in any case. */
export async function askKeyItself(
  machine: Machine,
  settings: Settings,
  { answers, secret, startUrl, unreachable }: OwnQuestion,
): Promise<void> {
  const { accessKeyId, accountId = '' } = answers
  const credentials = { accessKeyId, secretAccessKey: secret.reveal() }
  const iam = await openIam(machine, settings, { credentials, accountId, startUrl })
  const known = unreachable.get(iam.endpoint)
  if (known) {
    answers.verdict = judgeRefusal(known)
    return
  }
  answers.askedAs.push(KEY_ITSELF)
  // A home that cannot be written to: a soak will take this use for somebody else's, and last longer.
  await noteOwnUse(machine, accessKeyId).catch((error: unknown) => {
    answers.cannot.push({ what: 'noting that this use is ours', why: describeRefusal(error) })
  })
  // Before anything else: what was its last use is then still what somebody else did.
  const used = await iam.getAccessKeyLastUsed(accessKeyId).catch((error: unknown) => error)
  if (used instanceof ConnectionRefusal) {
    unreachable.set(iam.endpoint, used)
    answers.verdict = judgeRefusal(used)
    return
  }
  try {
    const identity = await iam.getCallerIdentity()
    answers.verdict = { state: 'live', reason: `it signs as ${identity.arn}` }
    answers.accountId = identity.accountId
    answers.arn = identity.arn
    answers.isRoot = /:root$/.test(identity.arn)
  } catch (error) {
    answers.verdict = judgeRefusal(error)
    return
  }
  if (isUsed(used)) answers.lastUsed ??= used.lastUsed
  else if (!answers.lastUsed) answers.cannot.push({ what: 'last use', why: describeRefusal(used) })
  const userName = /:user\/(?:.*\/)?([^/]+)$/.exec(answers.arn)?.[1]
  if (userName !== undefined) answers.userName = userName
  const keys = await iam.listAccessKeys(userName).catch((error: unknown) => {
    answers.cannot.push({ what: 'the keys of the user', why: describeRefusal(error) })
  })
  const own = keys?.find((key) => key.accessKeyId === accessKeyId)
  if (own?.createdAt) answers.createdAt = own.createdAt
  if (keys) answers.otherKeys = await listOthers(iam, keys, answers)
  // A root user has no policies: it may do everything.
  if (userName !== undefined) await askUser(iam, userName, answers)
}

interface Used {
  readonly lastUsed: NonNullable<Answers['lastUsed']>
}

const isUsed = (answer: unknown): answer is Used =>
  typeof answer === 'object' && answer !== null && 'lastUsed' in answer
