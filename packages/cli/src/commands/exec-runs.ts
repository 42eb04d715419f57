/** Many runs of one command line: what they share is the limiter, the sign-ins, and the terminal. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import { createLimiter, withLimiter } from '../account-access/limiter.ts'
import { deliverProfile } from '../delivery/delivered.ts'
import { createLineCutter, formatPrefix, prefixWidth } from '../delivery/line-output.ts'
import { type Ended, runMany } from '../delivery/many-runs.ts'
import type { Target } from '../delivery/targets.ts'
import { applyVariables } from '../delivery/variables.ts'
import type { ProgramOutput, ProgramStarter, RunningProgram } from '../machine/child-process.ts'
import type { Machine } from '../machine/machine.ts'
import { EXIT } from '../problems/exit-codes.ts'
import type { RoleCredentials } from '../role-credentials/role-cache.ts'
import { getRoleCredentials } from '../role-credentials/role-credentials.ts'
import { createSettings, type Settings } from '../shared-config/settings.ts'
import type { SharedConfig } from '../shared-config/shared-config.ts'
import { SignInRequired } from '../sign-in/sign-in-required.ts'
import { tokenFileName } from '../sign-in/token-cache.ts'
import { findOption, type OptionValues } from './command.ts'
import { signInAndGet } from './credentials.ts'
import { maySignIn } from './exec-profile.ts'

/** How many programs run at once where nothing is said: enough to wait for the network, not enough to stall a laptop. */
const CONCURRENCY = 8

/** What was typed; 0 for anything but a whole number. */
export const concurrencyOf = (options: OptionValues): number => {
  const count = Number(findOption(options, 'concurrency') ?? CONCURRENCY)
  return Number.isInteger(count) ? count : 0
}

/** A role as `--json` prints it. */
export const describeTarget = ({ profile, accountId, account, role }: Target) => ({
  profile: profile ?? null,
  accountId,
  account: account ?? null,
  role,
})

/** `2 roles`, `1 role`. */
export const countOf = ({ length }: readonly unknown[], thing: string): string =>
  `${length} ${thing}${length === 1 ? '' : 's'}`

export interface RunsPlan {
  readonly options: OptionValues
  readonly config: SharedConfig
  readonly targets: readonly Target[]
  readonly path: string
  readonly parameters: readonly string[]
}

interface Outcome {
  readonly target: Target
  /** Nothing when the program was not started, or a signal ended it. */
  readonly exitCode?: number
  readonly signal?: string
  /** Why it was not started. */
  readonly error?: string
  readonly milliseconds: number
  readonly stdout: string
  readonly stderr: string
}

/** All runs of one command line: what they share is the limiter, the sign-ins, and the terminal. */
export class Runs {
  readonly #machine: Machine
  readonly #limited: Machine
  readonly #plan: RunsPlan
  readonly #running = new Set<RunningProgram>()
  readonly #signIns = new Map<string, Promise<unknown>>()
  readonly #width: number
  readonly #interruption = Promise.withResolvers<never>()
  #interrupted: NodeJS.Signals | undefined
  #hasFailed = false

  constructor(machine: Machine, plan: RunsPlan) {
    this.#machine = machine
    this.#plan = plan
    this.#limited = withLimiter(machine, createLimiter(machine.clock))
    this.#width = prefixWidth(plan.targets.map(({ label }) => label))
    this.#interruption.promise.catch(() => undefined)
  }

  async run(): Promise<number> {
    const { targets, options } = this.#plan
    const starter = await this.#machine.childProcess.startPrograms()
    const release = starter.catchInterruptions((signal) => this.#interrupt(signal))
    try {
      const ended = await runMany(targets, (target, index) => this.#runOne(starter, target, index), {
        concurrency: concurrencyOf(options),
        mayStart: () => this.#interrupted === undefined && !(this.#hasFailed && options['fail-fast'] === true),
        onEnd: (outcome) => {
          if (isFailure(outcome)) this.#hasFailed = true
          if (options['json'] === true) this.#machine.terminal.write(formatOutcome(outcome))
        },
      })
      const code = this.#conclude(ended)
      // Whatever still waits for the network would keep this process alive.
      if (this.#interrupted !== undefined) await starter.endBy(this.#interrupted)
      return code
    } finally {
      release()
    }
  }

  /** The keyboard's signal has reached the programs too; any other, and a second one, is handed on. */
  #interrupt(signal: NodeJS.Signals): void {
    const isAgain = this.#interrupted !== undefined
    this.#interrupted = signal
    this.#interruption.reject(new Refusal('forbidden', 'Interrupted.'))
    const fromKeyboard = signal === 'SIGINT' && this.#machine.terminal.interactive
    for (const program of this.#running) {
      if (isAgain) program.signal('SIGKILL')
      else if (!fromKeyboard) program.signal(signal)
    }
  }

  async #runOne(starter: ProgramStarter, target: Target, index: number): Promise<Outcome> {
    const startedAt = this.#machine.clock.now()
    const printed = { stdout: '', stderr: '' }
    const since = () => ({ milliseconds: this.#machine.clock.now().getTime() - startedAt.getTime(), ...printed })
    try {
      const env = await Promise.race([this.#createEnvironment(target), this.#interruption.promise])
      const listener = this.#listen(target, index, printed)
      const program = starter.start({ path: this.#plan.path, parameters: this.#plan.parameters, env }, listener.hear)
      this.#running.add(program)
      const end = await program.end.finally(() => this.#running.delete(program))
      listener.close()
      if (end.ended === 'by-itself') return { target, exitCode: end.exitCode, ...since() }
      if (end.ended === 'by-signal') return { target, signal: end.signal, ...since() }
      return { target, error: end.reason, ...since() }
    } catch (error) {
      return { target, error: describeError(error), ...since() }
    }
  }

  async #createEnvironment(target: Target) {
    const { options, config } = this.#plan
    const settings = createSettings(this.#machine, options, {
      config,
      name: target.sso.profileName,
      source: '--profile',
    })
    const access = await this.#getCredentials(settings, target)
    const { env, platform } = this.#machine
    const { sso, profile: profileName } = target
    const variables = await deliverProfile(this.#machine, { settings, env, access, sso, profileName })
    return applyVariables(env, variables, platform)
  }

  /** One sign-in for all roles of a session. */
  async #getCredentials(settings: Settings, { sso }: Target): Promise<RoleCredentials> {
    const get = () => getRoleCredentials(this.#limited, settings, sso)
    return get().catch(async (error: unknown) => {
      if (!(error instanceof SignInRequired) || !maySignIn(this.#machine, this.#plan.options)) throw error
      const name = tokenFileName(sso)
      const signIn = this.#signIns.get(name) ?? signInAndGet(this.#limited, settings, sso, error)
      this.#signIns.set(name, signIn)
      await signIn
      return get()
    })
  }

  /** Where a program's lines go: into the answer of `--json`, or behind its name. */
  #listen(target: Target, index: number, printed: { stdout: string; stderr: string }) {
    const { terminal } = this.#machine
    const isJson = this.#plan.options['json'] === true
    const prefix = formatPrefix(target.label, { width: this.#width, index, styled: terminal.styled })
    const cutters = {
      stdout: createLineCutter((line) => terminal.write(`${prefix}${line}\n`)),
      stderr: createLineCutter((line) => terminal.writeError(`${prefix}${line}\n`)),
    }
    return {
      hear: ({ stream, text }: ProgramOutput): void => {
        if (isJson) printed[stream] += text
        else cutters[stream].take(text)
      },
      close: (): void => {
        cutters.stdout.close()
        cutters.stderr.close()
      },
    }
  }

  #conclude(ended: readonly Ended<Target, Outcome>[]): number {
    const { targets } = this.#plan
    const failures = ended.map(({ result }) => result).filter(isFailure)
    const notStarted = targets.length - ended.length
    if (failures.length > 0 || notStarted > 0) {
      const lines = failures.map((outcome) => `  ${outcome.target.label}: ${describeFailure(outcome)}\n`)
      const left = notStarted > 0 ? `  ${countOf(Array(notStarted), 'run')} not started\n` : ''
      const well = ended.length - failures.length
      this.#machine.terminal.writeError(`\n${well} of ${targets.length} ended well.\n${lines.join('')}${left}`)
    }
    if (this.#interrupted !== undefined) return EXIT.interrupted
    return failures.length > 0 ? 1 : 0
  }
}

const isFailure = ({ exitCode }: Outcome): boolean => exitCode !== 0

const describeFailure = ({ exitCode, signal, error }: Outcome): string =>
  error ?? (signal === undefined ? `exit code ${exitCode}` : `ended by ${signal}`)

const describeError = (error: unknown): string => {
  const name = error instanceof ServiceException ? ` (${error.name})` : ''
  const message = `${error instanceof Error ? error.message : String(error)}${name}`
  const hint = error instanceof Refusal && error.hint !== undefined ? ` ${error.hint}` : ''
  return `${message}${hint}`.replace(/\p{Cc}+/gu, ' ').trim()
}

const formatOutcome = ({ target, exitCode, signal, error, ...rest }: Outcome): string =>
  `${JSON.stringify({
    ...describeTarget(target),
    exitCode: exitCode ?? null,
    signal: signal ?? null,
    error: error ?? null,
    milliseconds: rest.milliseconds,
    stdout: rest.stdout,
    stderr: rest.stderr,
  })}\n`
