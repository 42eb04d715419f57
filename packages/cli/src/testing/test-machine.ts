/** A machine made of memory: a test hands it in and reads what was written, sent and printed. */

import type { Duration } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { type AgentSocket, noAgent } from '../machine/agent-socket.ts'
import type { ChildProcess, ProgramResult } from '../machine/child-process.ts'
import type { HttpRequest, HttpResponse } from '../machine/http.ts'
import type { ShownCertificate } from '../machine/inspection.ts'
import type { Keychain } from '../machine/keychain.ts'
import type { Environment, Machine, Platform } from '../machine/machine.ts'
import { NoTerminal } from '../machine/question.ts'
import { createSecretMemory } from '../machine/secret-memory.ts'
import type { StopSignal } from '../machine/stop-signal.ts'
import { aborted } from '../machine/waiting.ts'
import { memoryCarefulFiles, memoryFiles } from './memory-files.ts'
import { memoryTree } from './memory-tree.ts'
import { noKeychain } from './test-keychain.ts'
import { testWebServer } from './test-web-server.ts'

export interface TestMachineOptions {
  readonly env?: Environment
  readonly platform?: Platform
  readonly home?: string
  readonly now?: string
  /** A clock that the test moves. Without it, a pause moves the machine's own clock on and takes no time. */
  readonly clock?: TestClock
  /** What lies on the disk, by path; `~/` stands for the home folder. */
  readonly files?: Readonly<Record<string, string>>
  /** What the network answers. Without it there is no network. */
  readonly answer?: (request: HttpRequest) => HttpResponse | Promise<HttpResponse>
  /** The resident agent; none when left out. */
  readonly agent?: AgentSocket
  /** Where a native helper lies on the disk; none when left out. */
  readonly helper?: string
  /** The system's keychain; none can be reached when left out. */
  readonly keychain?: Keychain
  /** The certificate that every https address shows. */
  readonly certificate?: ShownCertificate
  /** The signal that ends a server; without it none comes. */
  readonly stopped?: Promise<StopSignal>
  /** The program that started this one. */
  readonly parent?: string
  /** What a search for a program finds when none can be run; nothing when not said. */
  readonly missingProgram?: 'not-executable'
  readonly runProgram?: (program: string, parameters: readonly string[], env: Environment) => ProgramResult
}

export interface TestMachine extends Machine {
  readonly clock: TestClock
  readonly stdout: () => string
  readonly stderr: () => string
  /** What was sent, in order. */
  readonly requests: readonly HttpRequest[]
  /** Every file, by path. */
  readonly disk: Map<string, { content: Uint8Array; mode: number }>
  /** A file's text; `~/` stands for the home folder. */
  text(path: string): string | undefined
}

/** A machine without a person in front of it, on which nothing is but what `options` say. */
export function createTestMachine(options: TestMachineOptions = {}): TestMachine {
  const { env = {}, platform = 'linux', home = '/home/alice' } = options
  const disk = new Map<string, { content: Uint8Array; mode: number }>()
  const place = (path: string): string => path.replace(/^~(?=\/)/, home)
  for (const [path, content] of Object.entries(options.files ?? {})) {
    disk.set(place(path), { content: Buffer.from(content), mode: 0o600 })
  }
  const printed = { stdout: '', stderr: '' }
  const requests: HttpRequest[] = []
  const clock = options.clock ?? selfMovingClock(options.now ?? '2026-11-21T01:30:00Z')
  return {
    env,
    platform,
    home,
    disk,
    requests,
    clock,
    random: new TestRandom(),
    files: memoryFiles(disk, platform),
    openTree: async () => memoryTree(disk, platform),
    carefulFiles: memoryCarefulFiles(disk, platform),
    scratch: { open: () => Promise.reject(new Error('No scratch folder in this test.')) },
    stdout: () => printed.stdout,
    stderr: () => printed.stderr,
    text: (path) => {
      const file = disk.get(place(path))
      return file && Buffer.from(file.content).toString()
    },
    http: {
      async send(request) {
        requests.push(request)
        if (!options.answer) throw new Error(`No network in this test: ${request.method} ${request.url}`)
        return options.answer(request)
      },
    },
    inspection: memoryInspection(disk, options),
    terminal: unwatchedTerminal(printed),
    browser: { open: async () => ({ is: 'not-opened', place: 'here', tried: [] }) },
    loopback: { listen: () => Promise.reject(new Error('No loopback in this test.')) },
    computer: { userName: () => 'alice', hostName: () => 'laptop' },
    webServer: testWebServer(),
    companions: { start: () => Promise.reject(new Error('No companion in this test.')) },
    stopSignals: {
      next: () => options.stopped ?? new Promise(() => undefined),
      sayAtInterrupt: () => () => undefined,
    },
    lock: memoryLock(),
    agent: options.agent ?? noAgent,
    ownProgram: {
      node: '/usr/bin/node',
      script: '/opt/mayfly/bin/mayfly.cjs',
      system: 'linux-x64',
      findHelper: () => options.helper,
    },
    loadParts: async () => undefined,
    keychain: options.keychain ?? noKeychain,
    secrets: createSecretMemory(),
    childProcess: memoryChildProcess(options, printed),
  }
}

/** What is printed is kept; nobody is there to be asked. */
function unwatchedTerminal(printed: { stdout: string; stderr: string }): Machine['terminal'] {
  const noTerminal = (): Promise<never> => Promise.reject(new NoTerminal('Input is not a terminal.'))
  return {
    interactive: false,
    styled: false,
    shown: false,
    watched: false,
    size: { columns: 80, rows: 24 },
    write: (text) => {
      printed.stdout += text
    },
    writeError: (text) => {
      printed.stderr += text
    },
    ask: noTerminal,
    choose: noTerminal,
    pick: noTerminal,
    wait: (_, signal) => aborted(signal),
  }
}

function memoryInspection(disk: TestMachine['disk'], { certificate }: TestMachineOptions): Machine['inspection'] {
  return {
    async describeFile(path) {
      const file = disk.get(path)
      const may = (bit: number): boolean => file !== undefined && (file.mode & bit) !== 0
      return (
        file && { kind: 'file', mode: file.mode, isOwn: true, isReadable: may(0o400), isWritable: may(0o200), names: 1 }
      )
    },
    findCertificate: async () => certificate,
  }
}

/** Programs are what `options` say; nothing is started. */
function memoryChildProcess(
  { runProgram, missingProgram, parent }: TestMachineOptions,
  printed: { stdout: string },
): ChildProcess {
  return {
    run: async (program, parameters, env) => {
      if (runProgram) return runProgram(program, parameters, env)
      throw new Error(`spawn ${program} ENOENT`)
    },
    stream: async ({ path }) => {
      throw new Error(`spawn ${path} ENOENT`)
    },
    find: async (program) =>
      runProgram ? { found: 'program', path: program } : { found: missingProgram ?? 'nothing' },
    runInForeground: async ({ path, parameters, env }) => {
      const result = runProgram?.(path, parameters, env)
      printed.stdout += result?.stdout ?? ''
      return result?.exitCode ?? 0
    },
    startPrograms: async () => ({
      start({ path, parameters, env }, hear) {
        const end = (async () => {
          const result = runProgram?.(path, parameters, env)
          hear({ stream: 'stdout', text: result?.stdout ?? '' })
          hear({ stream: 'stderr', text: result?.stderr ?? '' })
          return { ended: 'by-itself', exitCode: result?.exitCode ?? 0 } as const
        })()
        return { end, signal: () => undefined }
      },
      catchInterruptions: () => () => undefined,
      endBy: async () => undefined,
    }),
    findParent: async () => parent,
  }
}

function selfMovingClock(now: string): TestClock {
  const clock = new TestClock(now)
  return Object.assign(clock, { sleep: (length: Duration) => clock.advance(length) })
}

function memoryLock(): Machine['lock'] {
  const turns = new Map<string, Promise<unknown>>()
  return {
    withLock(name, task, { isShared, onWait } = {}) {
      if (isShared && turns.has(name)) {
        onWait?.()
        return task()
      }
      const turn = (turns.get(name) ?? Promise.resolve())
        .then(task, task)
        .finally(() => turns.get(name) === last && turns.delete(name))
      const last = turn.catch(() => undefined)
      turns.set(name, last)
      return turn
    },
  }
}

/** An answer in JSON. An error's name goes into the header by which clients know it. */
export const jsonAnswer = (status: number, body: unknown, errorType?: string): HttpResponse => ({
  status,
  headers: {
    'content-type': 'application/json',
    ...(errorType !== undefined && { 'x-amzn-errortype': errorType }),
  },
  body: JSON.stringify(body),
})
