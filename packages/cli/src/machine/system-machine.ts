/** This computer, and the process that runs on it. */

import { hostname, platform as systemPlatform } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@mayfly/identity-center/clock'
import type { CarefulFiles } from './careful-files.ts'
import type { ChildProcess } from './child-process.ts'
import type { Companions } from './companion.ts'
import { createFiles } from './files.ts'
import { findUserName, homeOf, platformOf } from './home.ts'
import type { Http } from './http.ts'
import type { Inspection } from './inspection.ts'
import type { Keychain } from './keychain.ts'
import type { Lock } from './lock.ts'
import type { Environment, Machine, Platform } from './machine.ts'
import { createOwnProgram } from './own-program.ts'
import { createSecretMemory } from './secret-memory.ts'
import { systemStopSignals } from './stop-signal.ts'
import { createAgentSocket } from './system-agent.ts'
import type { Terminal } from './terminal.ts'
import { withoutUnspoken } from './unspoken.ts'

/** The machine that the program runs on. What takes milliseconds to load or to open is loaded when it is first used. */
export function createSystemMachine(): Machine {
  const { env } = process
  const platform = platformOf(systemPlatform())
  const home = homeOf(env, platform)
  let names = 0
  const files = createFiles(() => {
    names += 1
    return `${process.pid}-${process.hrtime.bigint().toString(36)}-${names}`
  })
  return {
    clock: systemClock,
    random: { bytes: (count) => process.getBuiltinModule('node:crypto').randomBytes(count) },
    env,
    platform,
    home,
    files,
    openTree: async () => (await import('./file-tree.ts')).systemFileTree,
    carefulFiles: openCarefulFiles(),
    scratch: { open: async () => (await import('./scratch.ts')).systemScratch.open() },
    http: openHttp(env, files.read),
    inspection: openInspection(env),
    terminal: openTerminal(env, platform),
    browser: {
      open: async (url, signal) => (await import('./browser.ts')).createBrowser({ platform, env }).open(url, signal),
    },
    loopback: { listen: async (expected) => (await import('./loopback.ts')).systemLoopback.listen(expected) },
    webServer: {
      listen: async (place, answer) => (await import('./web-server.ts')).systemWebServer.listen(place, answer),
    },
    companions: openCompanions(),
    stopSignals: systemStopSignals,
    lock: openLock(join(home, '.mayfly', 'locks')),
    childProcess: openChildProcess(),
    agent: createAgentSocket({ home, platform, userId: process.getuid?.() }, env),
    ownProgram: createOwnProgram(),
    loadParts,
    keychain: openKeychain(platform),
    secrets: createSecretMemory(),
    computer: { userName: () => findUserName(env), hostName: hostname },
  }
}

const loadParts = (): Promise<unknown> =>
  Promise.all([
    import('./browser.ts'),
    import('./careful-files.ts'),
    import('./child-process.ts'),
    import('./file-tree.ts'),
    import('./foreground.ts'),
    import('./http.ts'),
    import('./keychain.ts'),
    import('./lock.ts'),
    import('./loopback.ts'),
    import('./own-name.ts'),
    import('./running-program.ts'),
    import('./scratch.ts'),
    import('./streamed-program.ts'),
    import('./terminal.ts'),
    import('./tunnel.ts'),
  ])

/** Needed by nobody but whoever searches through other people's folders. */
function openCarefulFiles(): CarefulFiles {
  const open = async (): Promise<CarefulFiles> => (await import('./careful-files.ts')).systemCarefulFiles
  return {
    look: async (path) => (await open()).look(path),
    findFolder: async (path) => (await open()).findFolder(path),
    listEntries: async (folder, most) => (await open()).listEntries(folder, most),
    readStart: async (path, most) => (await open()).readStart(path, most),
  }
}

/** One client for the process: it keeps its connections. */
function openHttp(env: Environment, readFile: Machine['files']['read']): Http {
  let whole: Promise<Http> | undefined
  return {
    async send(request, settings) {
      whole ??= import('./http.ts').then(({ createHttp }) =>
        createHttp({ env, clock: systemClock, chance: Math.random, readFile }),
      )
      return (await whole).send(request, settings)
    },
  }
}

/** Needed by nobody but whoever looks for the cause of a failure. */
function openInspection(env: Environment): Inspection {
  const open = async (): Promise<Inspection> => (await import('./inspection.ts')).createInspection(env)
  return {
    describeFile: async (path) => (await open()).describeFile(path),
    findCertificate: async (url, timeout) => (await open()).findCertificate(url, timeout),
  }
}

/** Standard input is opened for questions alone. */
function openTerminal(env: Environment, platform: Platform): Terminal {
  let whole: Promise<Terminal> | undefined
  const open = (): Promise<Terminal> => {
    const { stdin: input, stdout: output, stderr: error } = process
    whole ??= Promise.all([import('./terminal.ts'), import('./foreground.ts')]).then(
      ([{ createTerminal }, { isForeground }]) =>
        createTerminal({
          input,
          output,
          error,
          isForeground: () => isForeground(platform),
          hasColours: !env['NO_COLOR'],
        }),
    )
    return whole
  }
  return {
    get interactive() {
      return process.stdin.isTTY === true
    },
    get styled() {
      // https://no-color.org: set and not empty.
      return process.stdout.isTTY === true && !env['NO_COLOR']
    },
    get shown() {
      return process.stdout.isTTY === true
    },
    get watched() {
      return process.stderr.isTTY === true
    },
    get size() {
      return { columns: process.stderr.columns || 80, rows: process.stderr.rows || 24 }
    },
    write: (text) => void process.stdout.write(withoutUnspoken(text)),
    writeError: (text) => void process.stderr.write(withoutUnspoken(text)),
    ask: async (question) => (await open()).ask({ ...question, prompt: withoutUnspoken(question.prompt) }),
    choose: async (rows) => (await open()).choose(rows),
    pick: async (picker) => (await open()).pick(picker),
    wait: async (waiting, signal) => (await open()).wait(waiting, signal),
  }
}

/** The bindings of the system's keychain are loaded when it is first asked. */
function openKeychain(platform: Platform): Keychain {
  let whole: Promise<Keychain> | undefined
  const open = (): Promise<Keychain> => {
    whole ??= import('./keychain.ts').then(({ createKeychain }) =>
      createKeychain(platform, (sentence) => void process.stderr.write(`${sentence}\n`)),
    )
    return whole
  }
  return {
    get: async (account) => (await open()).get(account),
    set: async (account, secret) => (await open()).set(account, secret),
    delete: async (account) => (await open()).delete(account),
  }
}

/** Loaded before the first program runs; what must answer at once is asked after that alone. */
function openChildProcess(): ChildProcess {
  const open = () => import('./running-program.ts')
  return {
    run: async (...words) => (await import('./child-process.ts')).runAndRead(...words),
    stream: async (run) => (await import('./streamed-program.ts')).streamProgram(run),
    find: async (...words) => (await open()).findProgram(...words),
    runInForeground: async (run) => (await open()).runInForeground(run),
    startPrograms: async () => (await open()).programStarter,
    findParent: async () => (await open()).findParent(),
  }
}

/** Loaded when one is started. */
const openCompanions = (): Companions => ({
  start: async (path, parameters, env) =>
    (await import('./companion.ts')).systemCompanions.start(path, parameters, env),
})

/** One lock for the process: its tasks queue up in it. */
function openLock(folder: string): Lock {
  let whole: Promise<Lock> | undefined
  const warn = (sentence: string): void => void process.stderr.write(`mayfly: ${sentence}\n`)
  return {
    async withLock(name, task, options) {
      whole ??= import('./lock.ts').then(({ createLock }) => createLock(folder, warn))
      return (await whole).withLock(name, task, options)
    },
  }
}
