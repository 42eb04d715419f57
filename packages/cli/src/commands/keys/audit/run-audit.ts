/** An audit from the first question to the last account: what is asked, gone on with, and kept. */

import { between, days } from '@mayfly/identity-center/duration'
import type { AccessAccount } from '../../../account-access/access-index.ts'
import { readAccessIndex } from '../../../account-access/access-index.ts'
import { createLimiter } from '../../../account-access/limiter.ts'
import { FIRST_RATE } from '../../../account-access/pace.ts'
import { isAwsStartUrl } from '../../../endpoints/start-url.ts'
import { createAccountLimiters } from '../../../long-term-keys/organization/account-limiters.ts'
import {
  type AuditPlan,
  type AuditQuestion,
  type AuditReader,
  type AuditState,
  auditName,
  isSameReader,
  openAuditState,
} from '../../../long-term-keys/organization/audit-state.ts'
import type { Audit } from '../../../long-term-keys/organization/audited-account.ts'
import { assignRoles, matchAccounts } from '../../../long-term-keys/organization/choose-accounts.ts'
import type { AccountToRead } from '../../../long-term-keys/organization/read-account.ts'
import { type AskingOptions, findReader, readAccounts } from '../../../long-term-keys/organization/read-accounts.ts'
import { type RankedKey, rankKeys } from '../../../long-term-keys/organization/retirement-order.ts'
import type { Machine } from '../../../machine/machine.ts'
import { ArgumentRefusal } from '../../../problems/argument-refusal.ts'
import type { Settings } from '../../../shared-config/settings.ts'
import { getAccessToken } from '../../../sign-in/access-token.ts'
import { readSessionRecord } from '../../../sign-in/session-record.ts'
import { findOption, listOption, type OptionValues } from '../../command.ts'
import { maySignIn } from '../../exec-profile.ts'
import { readAccess } from '../../setup/read-access.ts'
import { type ChosenSession, chooseOne, configured } from '../../setup/session-choice.ts'
import { openSessionToken } from '../../setup/session-token.ts'
import { chooseRoles } from './choose-roles.ts'
import { createAuditProgress } from './progress.ts'

const KEPT = 'What was read is kept: run the same again within a day, and it goes on where this ended.\n'

export interface FinishedAudit {
  readonly audit: Audit
  readonly keys: readonly RankedKey[]
}

/** One audit of a question at a time; a second terminal waits, and then goes on by itself. */
export async function runAudit(
  machine: Machine,
  settings: Settings,
  options: OptionValues,
  tell: (finished: FinishedAudit) => Promise<void>,
): Promise<FinishedAudit> {
  const session = await chooseAuditSession(machine, settings, options)
  const question: AuditQuestion = {
    session: session.sso.sessionName,
    startUrl: session.sso.startUrl,
    roleNames: listOption(options, 'role-name'),
    accountPatterns: listOption(options, 'account'),
  }
  const onWait = (): void => machine.terminal.writeError('Waiting for another mayfly that reads the same accounts.\n')
  return machine.lock.withLock(
    `audit:${auditName(question)}`,
    () => auditSession(machine, settings, { session, question, options, tell }),
    { onWait },
  )
}

async function chooseAuditSession(
  machine: Machine,
  { config }: Settings,
  options: OptionValues,
): Promise<ChosenSession> {
  const named = findOption(options, 'sso-session')
  if (named !== undefined) return configured(config, named)
  const all = [...config.ssoSessions.keys()]
  if (all.length === 0) {
    throw new ArgumentRefusal('There is no sso-session whose accounts could be read.', 'Run first: mayfly setup')
  }
  return configured(config, all.length === 1 ? (all[0] ?? '') : await chooseOne(machine, all))
}

interface Auditing {
  readonly session: ChosenSession
  readonly question: AuditQuestion
  readonly options: OptionValues
  readonly tell: (finished: FinishedAudit) => Promise<void>
}

async function auditSession(machine: Machine, settings: Settings, auditing: Auditing): Promise<FinishedAudit> {
  const { session, question, options } = auditing
  const { sso } = session
  await refuseUnwritable(machine, options)
  const kept = await openAuditState(machine, question, options['fresh'] === true)
  // A session that has ended is found out before anything is read, and by whoever may open a browser.
  if (maySignIn(machine, options)) await (await openSessionToken(machine, settings, session, options)).current()
  else await getAccessToken(machine, settings, sso)
  const limit = isAwsStartUrl(sso.startUrl) ? { most: FIRST_RATE } : {}
  const limiters = { portal: createLimiter(machine.clock, limit), iam: createAccountLimiters(machine.clock) }
  const findReaderIn = (account: AccountToRead) => identifyReader(machine, settings, account, { ...limiters, sso })
  const state = await refuseOthers(machine, question, kept, findReaderIn)
  const plan = await findPlan(machine, settings, auditing, { state, findReaderIn })
  const progress = createAuditProgress(machine)
  const release = machine.stopSignals.sayAtInterrupt('Run the same again within a day to go on where this ended.')
  const read = await readAccounts(machine, settings, plan.accounts, {
    ...limiters,
    sso,
    state,
    onProgress: (now) => progress.show(now, limiters.iam.figures),
  })
    .catch((error: unknown) => {
      progress.clear()
      machine.terminal.writeError(KEPT)
      throw error
    })
    .finally(() => {
      release()
      progress.clear()
    })
  const endedAt = machine.clock.now()
  const unread = [...read.unread, ...plan.unreachable].sort((one, other) => (one.accountId < other.accountId ? -1 : 1))
  const { startedAt } = plan
  const audit: Audit = { session: sso.sessionName, startUrl: sso.startUrl, startedAt, endedAt, ...read, unread }
  const finished = { audit, keys: rankKeys(read.accounts, endedAt) }
  // What cannot be written, for a full disk, is read again from what is kept.
  await auditing.tell(finished)
  await state.delete()
  return finished
}

type FindReader = (account: AccountToRead) => Promise<AuditReader>

async function identifyReader(
  machine: Machine,
  settings: Settings,
  account: AccountToRead,
  asking: AskingOptions,
): Promise<AuditReader> {
  const name = await findReader(machine, settings, account, asking)
  const { signedInAt } = await readSessionRecord(machine, asking.sso)
  return { ...(name !== undefined && { name }), ...(signedInAt && { signedInAt }) }
}

/** What another person has read is forgotten: it may be more than this one may see. */
async function refuseOthers(
  machine: Machine,
  question: AuditQuestion,
  kept: AuditState,
  findReaderIn: FindReader,
): Promise<AuditState> {
  const [first] = kept.plan?.accounts ?? []
  if (!kept.plan || !first || isSameReader(kept.plan.reader, await findReaderIn(first))) return kept
  machine.terminal.writeError('The earlier run was perhaps of another person: what it read is forgotten.\n')
  return openAuditState(machine, question, true)
}

/** Found out now, and not an hour later. */
async function refuseUnwritable({ files }: Machine, options: OptionValues): Promise<void> {
  for (const name of ['html', 'csv']) {
    const file = findOption(options, name)
    if (file === undefined || (await files.isWritable(file))) continue
    throw new ArgumentRefusal(`argument --${name}: ${file} cannot be written.`, 'Name a file in a folder of your own.')
  }
}

/** What an interrupted run was about to read, or what is to be read now. */
async function findPlan(
  machine: Machine,
  settings: Settings,
  { session, question, options }: Auditing,
  { state, findReaderIn }: { readonly state: AuditState; readonly findReaderIn: FindReader },
): Promise<AuditPlan> {
  const { terminal, clock } = machine
  if (state.plan) {
    const left = state.plan.accounts.length - state.read.size
    terminal.writeError(`Going on from an earlier run: ${state.read.size} accounts read, ${left} left. Anew: --fresh\n`)
    return state.plan
  }
  const accounts = matchAccounts(await listAccounts(machine, settings, session, options), question.accountPatterns)
  if (accounts.length === 0) {
    throw new ArgumentRefusal('No account matches.', "Patterns look like 'prod-*'. What there is: mayfly profiles")
  }
  const roleNames = question.roleNames.length > 0 ? question.roleNames : await chooseRoles(machine, accounts)
  const startedAt = clock.now()
  const assigned = assignRoles(accounts, roleNames)
  const [first] = assigned.accounts
  if (!first) {
    throw new ArgumentRefusal(
      `No account grants ${roleNames.join(' or ')}.`,
      `Such as: --role-name ${accounts.flatMap(({ roles }) => roles)[0] ?? 'ReadOnlyAccess'}`,
    )
  }
  terminal.writeError(
    `Reading ${assigned.accounts.length} of ${accounts.length} accounts with ${roleNames.join(', ')}.\n`,
  )
  const plan = { startedAt, ...assigned, reader: await findReaderIn(first) }
  await state.begin(plan)
  return plan
}

/** What the portal last said counts so long. */
const FRESH = days(1)

/** From the portal, unless setup or an earlier audit has asked it within the day. */
async function listAccounts(
  machine: Machine,
  settings: Settings,
  session: ChosenSession,
  options: OptionValues,
): Promise<readonly AccessAccount[]> {
  const { sessionName, startUrl } = session.sso
  const { signedInAt } = await readSessionRecord(machine, session.sso)
  const known = options['fresh'] === true ? undefined : await readAccessIndex(machine, sessionName)
  const age = known && between(known.takenAt, machine.clock.now())
  const isFresh = age !== undefined && age >= 0 && age < FRESH
  // Whoever has signed in since may be another person.
  const isOfSignIn = known !== undefined && !(signedInAt && signedInAt > known.takenAt)
  if (known?.startUrl === startUrl && isFresh && isOfSignIn) return known.accounts
  return (await readAccess(machine, settings, session, options)).accounts
}
