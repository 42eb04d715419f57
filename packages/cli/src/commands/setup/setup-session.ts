/** Sets one sso-session up: signs in, reads what it reaches, and writes a profile for every role. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { findServiceStartUrl } from '../../endpoints/start-url.ts'
import { findOwnEndpoint } from '../../endpoints/start-url-host.ts'
import type { Machine } from '../../machine/machine.ts'
import { readSetupRecord, type SetupChoice, setupLockName } from '../../profiles/setup-record.ts'
import { readStorageMode } from '../../sealed/storage-mode.ts'
import type { Settings } from '../../shared-config/settings.ts'
import type { OptionValues } from '../command.ts'
import { type ReadAccess, readAccess } from './read-access.ts'
import { hasChanges, plural, type SessionReport } from './report.ts'
import type { ChosenSession } from './session-choice.ts'
import { mergeChoice, parseManner } from './setup-options.ts'
import { type Decision, decide, write } from './written-profiles.ts'

/** Shows a plan to the person. Answers what is to be done, perhaps with another choice of roles. */
export type Ask = (report: SessionReport, choice: SetupChoice) => Promise<Answer>
export type Answer =
  | { readonly is: 'write' }
  | { readonly is: 'quit' }
  | { readonly is: 'choose'; readonly choice: SetupChoice }

/** One run for one session; a second one at the same time waits. Nothing is written when the person quits. */
export function setUpSession(
  machine: Machine,
  settings: Settings,
  session: ChosenSession,
  { options, ask }: { readonly options: OptionValues; readonly ask: Ask },
): Promise<SessionReport> {
  const { sessionName } = session.sso
  const onWait = (): void => machine.terminal.writeError(`Waiting for another mayfly that sets up ${sessionName}.\n`)
  const task = async (): Promise<SessionReport> => {
    const record = await readSetupRecord(machine, sessionName)
    const endpoint = findOwnEndpoint(await findServiceStartUrl(machine, session.sso.startUrl, settings.http))
    const formerEndpoint = record && findOwnEndpoint(record.startUrl)
    const usual = { config: settings.config, region: session.sso.region, endpoint, formerEndpoint }
    const choice = mergeChoice(options, record?.choice, usual)
    const read = await readAccess(machine, settings, session, options)
    return settle(machine, { session, choice, read, options, ask })
  }
  return machine.lock.withLock(setupLockName(sessionName), task, { onWait })
}

interface Settling {
  readonly session: ChosenSession
  readonly choice: SetupChoice
  readonly read: ReadAccess
  readonly options: OptionValues
  readonly ask: Ask
}

/** Decides, shows, and writes; again when the person chooses otherwise, or the file has changed meanwhile. */
async function settle(machine: Machine, settling: Settling): Promise<SessionReport> {
  const { session, read, options, ask } = settling
  const manner = parseManner(options)
  let { choice } = settling
  for (;;) {
    const mode = await readStorageMode(machine)
    const question = { session, choice, read, manner, mode, renames: options['name-template'] !== undefined }
    const decision = await decide(machine, question)
    const report = reportOf(settling, decision, mode)
    if (!hasChanges(report)) {
      if (!manner.isDry) await write(machine, question, decision)
      return report
    }
    if (manner.isDry) return report
    if (!manner.isSure) {
      const answer = await ask(report, choice)
      if (answer.is === 'quit') return report
      if (answer.is === 'choose') {
        choice = answer.choice
        continue
      }
    } else refuseDrastic(decision)
    if (await write(machine, question, decision)) return { ...report, written: true }
    machine.terminal.writeError('The config file has changed meanwhile.\n')
  }
}

/** Somebody else's portal session, or a portal that forgets, would take nearly everything away. */
function refuseDrastic({ plan, isDrastic }: Decision): void {
  if (!isDrastic) return
  throw new Refusal(
    'conflict',
    `${plural(plan.removed.length, 'profile')} would be removed: most of those that setup wrote.`,
    {
      hint: 'If that is right: mayfly setup --prune --yes; to keep them: --no-prune; to see them: --diff',
    },
  )
}

function reportOf(
  { session, read }: Settling,
  { plan, sessionLine }: Decision,
  storage: SessionReport['storage'],
): SessionReport {
  return {
    session: session.sso.sessionName,
    startUrl: session.sso.startUrl,
    region: read.region,
    storage,
    accounts: read.accounts.length,
    roles: read.accounts.reduce((sum, { roles }) => sum + roles.length, 0),
    unread: read.unread,
    figures: read.limiter.figures,
    plan,
    sessionLine,
    written: false,
  }
}
