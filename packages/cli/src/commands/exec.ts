/** exec: runs a program with a profile's credentials. */

import { between, minutes } from '@mayfly/identity-center/duration'
import { deliverProfile, hasDefaultCredentials } from '../delivery/delivered.ts'
import { applyVariables, PROFILE_VARIABLE, type Variables } from '../delivery/variables.ts'
import type { Machine } from '../machine/machine.ts'
import { findVariable } from '../machine/program-lookup.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import type { ExportedCredentials } from '../role-credentials/formats.ts'
import { formatTimeLeft } from '../role-credentials/time-left.ts'
import type { Settings } from '../shared-config/settings.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import { type Command, jsonOption, listOption, type OptionValues, type TypedWords } from './command.ts'
import { getDelivered, loadDelivered, maySignIn, PROGRAM_EXIT, printable, tellMissing } from './exec-profile.ts'

export const exec: Command = {
  words: 'exec',
  summary: "run a program with a profile's credentials, or one in each of many accounts",
  options: [
    { name: '--endpoint', summary: 'serve the credentials while it runs, and refresh them' },
    { name: '--no-sign-in', summary: 'fail instead of opening a sign-in page' },
    {
      name: '--match',
      value: 'GLOB',
      summary: "run it for each match of 'prod-*/ReadOnly'; repeatable",
      isRepeatable: true,
    },
    {
      name: '--except',
      value: 'GLOB',
      summary: 'with --match: but not for these; repeatable',
      isRepeatable: true,
    },
    { name: '--concurrency', value: 'N', summary: 'with --match: how many run at once (8)', isNumber: true },
    { name: '--fail-fast', summary: 'with --match: start no more once one has failed' },
    { name: '--dry-run', summary: 'with --match: show what would run' },
    { name: '--yes', summary: 'with --match: do not ask' },
    jsonOption('{ profile, accountId, account, role, exitCode, signal, error, milliseconds, stdout, stderr } a line'),
  ],
  parameters: { usage: '[PROFILE] -- PROGRAM [ARGUMENT …]', most: 1, program: true },
  example: 'mayfly exec default -- aws s3 ls',
  async run(options, machine, words) {
    if (listOption(options, 'match').length > 0) {
      return (await import('./exec-match.ts')).runMatching(options, machine, words)
    }
    const alone = ['except', 'concurrency', 'fail-fast', 'dry-run', 'yes', 'json'].find(
      (name) => options[name] !== undefined,
    )
    if (alone !== undefined) {
      throw new ArgumentRefusal(`--${alone} goes with --match.`, 'See: mayfly exec --help')
    }
    return runAsProfile(options, machine, words)
  },
}

async function runAsProfile(options: OptionValues, machine: Machine, words: TypedWords): Promise<number> {
  const isShell = words.program.length === 0
  const [program = '', ...parameters] = isShell ? [findShell(machine)] : words.program
  // Before anybody is sent to a sign-in page for it.
  const found = await machine.childProcess.find(program, machine.env)
  if (found.found !== 'program') return tellMissing(machine, program, found.found)
  const { inner, settings } = await loadDelivered(machine, options, words.parameters[0])
  const { path } = found
  if (options['endpoint'] === true) {
    return runWithEndpoint(inner, { options, settings, run: { path, parameters }, isShell })
  }
  const delivered = await getDelivered(inner, settings, options)
  const variables = await deliverProfile(inner, { settings, env: inner.env, ...delivered })
  tellEnd(machine, settings, { credentials: delivered.access, program: words.program, isShell })
  if (isShell) tellShell(machine, settings)
  return start(inner, { path, parameters }, { variables })
}

interface Run {
  readonly path: string
  readonly parameters: readonly string[]
}

async function start(
  machine: Machine,
  run: Run,
  { variables, stays }: { readonly variables: Variables; readonly stays?: true },
): Promise<number> {
  const env = applyVariables(machine.env, variables, machine.platform)
  try {
    return await machine.childProcess.runInForeground({ ...run, env, ...(stays && { stays }) })
  } catch (error) {
    return tellUnstartable(machine, run.path, error)
  }
}

/** The program asks a server of this process for its credentials, which refreshes them. */
async function runWithEndpoint(
  machine: Machine,
  {
    options,
    settings,
    run,
    isShell,
  }: { readonly options: OptionValues; readonly settings: Settings; readonly run: Run; readonly isShell: boolean },
): Promise<number> {
  const [{ startCredentialServer }, { clientEnvironment }, { serveProfile }] = await Promise.all([
    import('../credential-server/credential-server.ts'),
    import('../credential-server/environment.ts'),
    import('./serve-profile.ts'),
  ])
  const mode = { ...options, 'sign-in': maySignIn(machine, options) ? (true as const) : undefined }
  const { provider, prepare } = serveProfile(machine, mode, settings)
  await prepare()
  const server = await startCredentialServer(machine, provider)
  try {
    const { sso, profileName } = await getDelivered(machine, settings, options)
    const access = clientEnvironment(server)
    const more = hasDefaultCredentials(settings.config) ? hideDefault(machine) : {}
    const variables = await deliverProfile(machine, { settings, env: machine.env, access, sso, profileName, more })
    if (isShell) tellShell(machine, settings)
    return await start(machine, run, { variables, stays: true })
  } finally {
    await server.close()
  }
}

/** SDKs look at the `default` profile before the endpoint: without this the program would act as that. */
function hideDefault(machine: Machine): Readonly<Record<string, string>> {
  machine.terminal.writeError(
    'SDKs would take the credentials of your default profile instead.\nSo the program sees no config file.\n',
  )
  const nothing = machine.platform === 'win32' ? 'NUL' : '/dev/null'
  return { AWS_CONFIG_FILE: nothing, AWS_SHARED_CREDENTIALS_FILE: nothing }
}

/** The shell that a person uses. */
const findShell = ({ env, platform }: Machine): string =>
  platform === 'win32' ? findVariable(env, 'COMSPEC') || 'cmd.exe' : env['SHELL'] || '/bin/sh'

function tellShell({ terminal, env }: Machine, { profileName }: Settings): void {
  const outer = env[PROFILE_VARIABLE]
  const inside = outer === undefined ? '' : `, inside of ${outer}`
  terminal.writeError(printable(`This shell is ${profileName}${inside}. To leave it: exit`).concat('\n'))
}

const SOON = minutes(30)

/** A person is told before a long run that these end: nothing in an environment can be refreshed. */
function tellEnd(
  { terminal, clock, platform }: Machine,
  { profileName }: Settings,
  { credentials, program, isShell }: { credentials: ExportedCredentials; program: readonly string[]; isShell: boolean },
): void {
  const { expiration } = credentials
  if (!expiration || !terminal.interactive || between(clock.now(), expiration) >= SOON) return
  const words = isShell ? [] : ['--', ...program]
  const again = ['mayfly exec --endpoint', ...[profileName, ...words].map((word) => shellWord(word, platform))].join(
    ' ',
  )
  const left = formatTimeLeft(expiration, clock.now())
  terminal.writeError(`These credentials end in ${left}. To have them refreshed: ${again}\n`)
}

function tellUnstartable({ terminal }: Machine, path: string, error: unknown): number {
  const reason = error instanceof Error ? error.message : String(error)
  terminal.writeError(`\nmayfly: [ERROR]: ${printable(path)} could not be started: ${printable(reason)}\n`)
  return PROGRAM_EXIT['not-executable']
}
