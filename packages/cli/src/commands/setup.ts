/** setup: every account and role that a start URL reaches, as profiles. */

import { startAgentWhenSealed } from '../agent/client.ts'
import type { Machine } from '../machine/machine.ts'
import { Interrupted } from '../machine/question.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { EXIT } from '../problems/exit-codes.ts'
import { describeProblem, type Problem } from '../problems/problem.ts'
import { listSetupRecords, type SetupChoice } from '../profiles/setup-record.ts'
import { configPath } from '../shared-config/paths.ts'
import { loadSettings, type Settings } from '../shared-config/settings.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import { type Command, findOption, jsonOption, type OptionValues } from './command.ts'
import { findEndpointToSay } from './configure/conclusion.ts'
import {
  describeReport,
  formatDiff,
  formatSummary,
  hasChanges,
  REPORT_SHAPE,
  type SessionReport,
} from './setup/report.ts'
import { type ChosenSession, chooseOne, chooseSession, configured } from './setup/session-choice.ts'
import { parseManner, setupOptions } from './setup/setup-options.ts'
import { type Answer, type Ask, setUpSession } from './setup/setup-session.ts'
import { settleStorage } from './setup/storage-choice.ts'
import { parseTypedStartUrl } from './setup/typed-start-url.ts'

export const setup: Command = {
  words: 'setup',
  summary: 'write a profile for every account and role that you reach; again to update them',
  parameters: { usage: '[START-URL | SSO-SESSION]', most: 1 },
  options: [...setupOptions, jsonOption(REPORT_SHAPE)],
  example: 'mayfly setup acme.awsapps.com/start',
  async run(options, machine, { parameters }) {
    refuseUnanswerable(options, machine)
    const settings = await loadSettings(machine, options)
    const sessions = await chooseSessions(machine, settings, options, parameters[0])
    const asked = findOption(options, 'storage')
    await settleStorage(machine, settings.config, asked === 'sealed' || asked === 'shared' ? asked : undefined)
    const outcome = await setUpAll(machine, settings, sessions, options)
    if (options['json'] === true) machine.terminal.write(`${JSON.stringify(describeOutcome(outcome), undefined, 2)}\n`)
    else await noteLongTermKeys(machine, settings)
    if (outcome.some((each) => 'report' in each && each.report.written)) await startAgentWhenSealed(machine)
    return exitCodeOf(outcome, parseManner(options).isDry)
  },
}

/** Who has just got profiles that sign in may let go of keys that last. */
async function noteLongTermKeys(machine: Machine, { config }: Settings): Promise<void> {
  const { noteKeys } = await import('./keys/find/key-note.ts')
  machine.terminal.writeError(await noteKeys(machine, config))
}

/** Where nobody can be asked, and no option answers, nothing is begun: it would take minutes to find that out. */
function refuseUnanswerable(options: OptionValues, { terminal }: Machine): void {
  const { isDry, isSure } = parseManner(options)
  if (isDry || isSure || (terminal.interactive && options['json'] !== true)) return
  throw new ArgumentRefusal(
    'There is nobody to ask before the config file is written.',
    'Add --yes to write, or --diff to see what would change.',
  )
}

/** The sessions that are meant: one that was named, or every one that was set up before. */
async function chooseSessions(
  machine: Machine,
  settings: Settings,
  options: OptionValues,
  typed: string | undefined,
): Promise<readonly ChosenSession[]> {
  const { config } = settings
  const named = findOption(options, 'sso-session')
  const records = await listSetupRecords(machine)
  if (typed !== undefined) return [await chooseSession(machine, settings, options, typed)]
  if (named !== undefined) {
    const record = records.find(({ sessionName }) => sessionName === named)
    if (config.ssoSessions.has(named) || !record) return [configured(config, named)]
    return [await chooseSession(machine, settings, options, record.startUrl)]
  }
  const known = records.filter(({ sessionName }) => config.ssoSessions.has(sessionName))
  if (known.length > 0) return known.map(({ sessionName }) => configured(config, sessionName))
  const all = [...config.ssoSessions.keys()]
  if (all.length > 0) return [configured(config, all.length === 1 ? (all[0] ?? '') : await chooseOne(machine, all))]
  return [await chooseSession(machine, settings, options, await askStartUrl(machine))]
}

async function askStartUrl(machine: Machine): Promise<string> {
  if (!machine.terminal.interactive)
    throw new ArgumentRefusal('There is no sso-session yet.', 'Name the start URL: mayfly setup acme.awsapps.com/start')
  const check = (answer: string): string | undefined => {
    try {
      parseTypedStartUrl(answer)
      return undefined
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }
  return machine.terminal.ask({ prompt: 'Start URL (where you sign in): ', check })
}

type Outcome =
  | { readonly session: string; readonly report: SessionReport }
  | { readonly session: string; readonly problem: Problem }

/** One session after the other. With several, one that fails does not hold up the others. */
async function setUpAll(
  machine: Machine,
  settings: Settings,
  sessions: readonly ChosenSession[],
  options: OptionValues,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const session of sessions) {
    const { sessionName, startUrl, region } = session.sso
    const source = session.regionSource === undefined ? '' : ` (${session.regionSource})`
    machine.terminal.writeError(`${sessionName}: ${startUrl} in ${region}${source}\n`)
    try {
      const report = await setUpSession(machine, settings, session, { options, ask: askIn(machine) })
      outcomes.push({ session: sessionName, report })
      if (options['json'] !== true) await tell(machine, settings, session, report, options)
    } catch (error) {
      if (sessions.length === 1 || error instanceof Interrupted) throw error
      const problem = describeProblem(error)
      outcomes.push({ session: sessionName, problem })
      const hint = problem.hint === undefined ? '' : `${problem.hint}\n`
      machine.terminal.writeError(`\nmayfly: [ERROR]: ${sessionName}: ${problem.message}\n${hint}\n`)
    }
  }
  return outcomes
}

/** Shows the change, and asks what to do with it. */
const askIn =
  ({ terminal }: Machine): Ask =>
  async (report, choice) => {
    terminal.write(formatSummary(report))
    for (;;) {
      const typed = await terminal.ask({
        prompt: 'Enter writes; or d (show all), f (filter), q (quit), then Enter: ',
        check: (answer) => (/^[dfq]?$/i.test(answer) ? undefined : 'Press Enter alone, or type d, f or q first'),
      })
      const answer = await answerTo(typed.toLowerCase(), terminal, report, choice)
      if (answer) return answer
    }
  }

async function answerTo(
  typed: string,
  terminal: Machine['terminal'],
  report: SessionReport,
  choice: SetupChoice,
): Promise<Answer | undefined> {
  if (typed === '') return { is: 'write' }
  if (typed === 'q') return { is: 'quit' }
  if (typed === 'f') {
    // The commas of `{a,b}` part no patterns.
    const pattern = await terminal.ask({ prompt: 'Only these roles (prod-*/ReadOnly; Enter for all): ' })
    return { is: 'choose', choice: { ...choice, include: pattern === '' ? [] : pattern.split(/\s*,\s*(?![^{}]*\})/) } }
  }
  terminal.write(formatDiff(report, terminal.styled))
  return undefined
}

/** The last words: what was written where, and what to type next. */
async function tell(
  machine: Machine,
  settings: Settings,
  { sso }: ChosenSession,
  report: SessionReport,
  options: OptionValues,
): Promise<void> {
  const { plan, written } = report
  const { write, styled } = machine.terminal
  if (!hasChanges(report)) return write(formatSummary(report))
  if (parseManner(options).isDry) return write(formatDiff(report, styled))
  if (!written) return write('Nothing was written.\n')
  if (options['yes'] === true) write(formatSummary(report))
  write(`Written to ${configPath(machine)}.\n`)
  const first = plan.added[0]
  if (!first) return
  const option = `--profile ${shellWord(first.name, machine.platform)}`
  const endpoint = await findEndpointToSay(machine, settings, sso)
  write(`\nTo see whose credentials one of them has:\n\n  mayfly whoami ${option}\n`)
  if (endpoint === undefined) return
  const isInProfiles = Object.values(plan.written).some(({ extra }) => extra['endpoint_url'] !== undefined)
  const variable = machine.platform === 'win32' ? 'set AWS_ENDPOINT_URL=' : 'export AWS_ENDPOINT_URL='
  write(`\n${isInProfiles ? FOUND_IN_PROFILES : TO_BE_TOLD}:\n\n  ${variable}${endpoint}\n`)
}

const TO_BE_TOLD = 'The AWS CLI and the SDKs have to be told where your Identity Center is'
/** Watched: the AWS CLI, botocore and the SDK for JavaScript differ in whose `endpoint_url` counts (conformance/setup). */
const FOUND_IN_PROFILES = `The AWS CLI (from 2.13 on) and boto3 (from 1.28 on) find your Identity Center by
endpoint_url in each profile; the SDK for JavaScript does where AWS_PROFILE names
the profile. Where its own code names one, it has to be told`

const describeOutcome = (outcomes: readonly Outcome[]): object => ({
  sessions: outcomes.flatMap((each) => ('report' in each ? [describeReport(each.report)] : [])),
  problems: outcomes.flatMap((each) => {
    if (!('problem' in each)) return []
    const { code, message, hint } = each.problem
    return [{ session: each.session, code, message, hint: hint ?? null }]
  }),
})

/** The first failure's; 254 where accounts could not be read; 130 where the person gave it up. */
function exitCodeOf(outcomes: readonly Outcome[], isDry: boolean): number {
  for (const outcome of outcomes) {
    if ('problem' in outcome) return outcome.problem.exitCode
    if (outcome.report.unread.length > 0) return EXIT.service
    if (!isDry && hasChanges(outcome.report) && !outcome.report.written) return EXIT.interrupted
  }
  return EXIT.ok
}
