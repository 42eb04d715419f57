/** Finds out about long-term keys: as somebody else first, so that asking changes nothing, and with the key itself where it must be. */

import type { Machine } from '../../machine/machine.ts'
import { findRegion, type Settings } from '../../shared-config/settings.ts'
import { accountOfKeyId } from '../key/access-key-id.ts'
import type { HiddenSecret } from '../key/hidden-secret.ts'
import { type AccountReaches, openReaches } from './account-reach.ts'
import {
  findOwnStartUrl,
  listLikelyReaders,
  openReaderAsProfile,
  openReaderAsRole,
  type Reader,
} from './account-readers.ts'
import { type Answers, factsOf, startAnswers } from './answers.ts'
import { askKeyItself, type OwnQuestion } from './ask-key-itself.ts'
import { askReader } from './ask-reader.ts'
import type { KeyFacts } from './key-facts.ts'
import { describeRefusal } from './key-state.ts'
import { searchUsers } from './search-users.ts'

export interface KeyQuestion {
  readonly accessKeyId: string
  /** Without it nothing is signed with the key. */
  readonly secret?: HiddenSecret | undefined
  readonly isCanary?: boolean
  /** The profile that holds the key: its region and its endpoints count. */
  readonly profileName?: string | undefined
}

export interface InquiryOptions {
  /** The profile to ask as; else a role that a session grants in the key's account. */
  readonly as?: string | undefined
  /**
   * Whether the key itself signs: `when-needed`, where nobody else could say whether it lives. Its last use is then that.
   */
  readonly signing?: 'when-needed' | 'never'
  /** Calls bait too: an alarm goes off. */
  readonly callsCanaries?: boolean
}

export interface KeyInquiry {
  /** Never rejects for what a service says; that is told as `cannot`. */
  inquire(question: KeyQuestion): Promise<KeyFacts>
}

/** More roles than these are not tried for one account. */
const MOST_ROLES = 4

/** Two keys of one user, and a policy that many have, are read once. */
const READING = { remembers: true }

/** Who and what may be asked; each is opened once. */
interface Doors {
  readonly reaches: (accountId: string) => Promise<AccountReaches>
  readonly named: (profileName: string) => Promise<Reader>
  /** By `ACCOUNT/ROLE`. */
  readonly roles: (place: string) => Promise<Reader | undefined>
}

/** One inquiry about many keys: each account's roles are opened once. */
export function openInquiry(machine: Machine, settings: Settings, options: InquiryOptions = {}): KeyInquiry {
  const { as, signing = 'when-needed', callsCanaries = false } = options
  const reaches = openReaches(machine, settings)
  const unreachable: OwnQuestion['unreachable'] = new Map()
  const doors: Doors = {
    reaches,
    named: remember((profileName) => openReaderAsProfile(machine, settings, profileName, READING)),
    roles: remember(async (place) => {
      const [accountId = '', roleName = ''] = place.split('/')
      const reach = (await reaches(accountId)).reaches.find(({ roles }) => roles.includes(roleName))
      return reach && openReaderAsRole(machine, settings, reach, roleName, READING)
    }),
  }
  return {
    async inquire(question) {
      const { accessKeyId, isCanary = false, secret } = question
      const answers = startAnswers(accessKeyId, accountOfKeyId(accessKeyId), isCanary)
      if (isCanary && !callsCanaries) {
        answers.verdict = { state: 'unknown', reason: 'a canary: whoever uses it raises an alarm, so nobody was asked' }
        return factsOf(machine, answers)
      }
      const asked = await askReaders(doors, as, answers)
      if (!answers.verdict && signing !== 'never' && secret !== undefined) {
        const { accountId } = answers
        const startUrl = accountId === undefined ? undefined : findOwnStartUrl((await reaches(accountId)).reaches)
        await askKeyItself(machine, settingsOf(machine, settings, question), {
          answers,
          secret,
          startUrl,
          unreachable,
        })
      }
      for (const reader of asked) if (!answers.verdict) await searchUsers(reader, answers)
      return factsOf(machine, answers)
    },
  }
}

/** Asks one after the other until one could tell; answers all that were asked. */
async function askReaders(doors: Doors, as: string | undefined, answers: Answers): Promise<readonly Reader[]> {
  const asked: Reader[] = []
  for await (const reader of listReaders(doors, as, answers)) {
    asked.push(reader)
    await askReader(reader, answers)
    if (answers.verdict) break
  }
  return asked
}

/** Those that may be asked, each opened when its turn comes. */
async function* listReaders(
  { reaches, named, roles }: Doors,
  as: string | undefined,
  answers: Answers,
): AsyncGenerator<Reader> {
  const { accountId } = answers
  if (as !== undefined) {
    const reader = await named(as)
    const { accountId: asked } = reader.iam
    if (asked === '' || accountId === undefined || asked === accountId) yield reader
    else answers.failed.push({ what: `asking as ${as}`, why: `it is of account ${asked}, the key of ${accountId}` })
    return
  }
  if (accountId === undefined) return
  const found = await reaches(accountId)
  for (const { session, why } of found.unasked) answers.failed.push({ what: `the session ${session}`, why })
  for (const { roleName } of listLikelyReaders(found.reaches).slice(0, MOST_ROLES)) {
    const reader = await roles(`${accountId}/${roleName}`).catch((error: unknown) => {
      answers.failed.push({ what: `asking as ${roleName}`, why: describeRefusal(error) })
    })
    if (reader) yield reader
  }
}

/** As the profile has them that holds the key. An endpoint of its own is where the key is good. */
function settingsOf(machine: Machine, settings: Settings, { profileName }: KeyQuestion): Settings {
  const section = profileName === undefined ? undefined : settings.config.profiles.get(profileName)
  if (profileName === undefined || !section) return settings
  const region = findRegion(machine.env, section)?.region ?? settings.region
  return { ...settings, profileName, profileSource: '--profile', region }
}

/** One key. `openInquiry` is for several. */
export const inquireKey = (
  machine: Machine,
  settings: Settings,
  { as, signing, callsCanaries, ...question }: KeyQuestion & InquiryOptions,
): Promise<KeyFacts> =>
  openInquiry(machine, settings, { as, signing, callsCanaries } as InquiryOptions).inquire(question)

/** What was asked once is not asked again; that it failed is no other answer the second time either. */
function remember<Value>(ask: (name: string) => Promise<Value>): (name: string) => Promise<Value> {
  const asked = new Map<string, Promise<Value>>()
  return (name) => {
    const answer = asked.get(name) ?? ask(name)
    asked.set(name, answer)
    return answer
  }
}
