/** Config, store, server, listen. */

import { mkdir } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { systemClock } from '@mayfly/identity-center/clock'
import { seconds } from '@mayfly/identity-center/duration'
import { systemRandom } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { openStore, type Store, StoreFault } from '@mayfly/store'
import { findCommand } from './commands/commands.ts'
import { createFirstAdministratorLink } from './commands/first-administrator.ts'
import { type CommandLine, parseCommandLine } from './config.ts'
import { createLog, inBatches } from './context/log.ts'
import { createServerContext } from './context/server-context.ts'
import type { Config } from './context/settings.ts'
import { prepareInstance } from './example/prepare-instance.ts'
import { formatHelp } from './help.ts'
import { keepHouse } from './housekeeping.ts'
import { readRootKey } from './keys/root-key.ts'
import { listenOnOtherLoopback } from './other-loopback.ts'
import { createServer } from './server.ts'
import { PasswordHasher } from './sign-in/password-hasher.ts'

// Whatever is written here holds secrets or their hashes: for its owner alone.
process.umask(0o077)

/** How long a request that is on its way may take when the server is told to stop. */
const PATIENCE = seconds(5)

const clock = systemClock
const random = systemRandom
const print = (line: string): void => void process.stdout.write(`${line}\n`)

await main(process.argv.slice(2)).catch((error: unknown) => {
  if (!isExpected(error)) throw error
  const hint = error instanceof Refusal && error.hint !== undefined ? `${error.hint}\n` : ''
  process.stderr.write(`mayfly-server: ${error.message}\n${hint}`)
  process.exitCode = 1
})

/** What the operator can mend: a refusal, a database that does not answer, a port or a file that is not to be had. */
function isExpected(error: unknown): error is Error {
  if (error instanceof Refusal || error instanceof StoreFault) return true
  return error instanceof Error && 'syscall' in error
}

async function main(argv: readonly string[]): Promise<void> {
  const commandLine = parseCommandLine(argv, process.env)
  if (commandLine.help) return print(formatHelp())
  if (commandLine.version) return print((await import('../package.json', { with: { type: 'json' } })).default.version)
  if (commandLine.words.length > 0) return await runCommand(commandLine)
  await serve(commandLine.config)
}

async function runCommand({ words, config, endpoint }: CommandLine): Promise<void> {
  const command = findCommand(words)
  if (!command) throw new Refusal('invalid', `There is no command ${words[0]}.`, { hint: 'mayfly-server --help' })
  await command.run({
    words: words.slice(command.words.length),
    ...(endpoint === undefined ? {} : { endpoint }),
    config,
    clock,
    random,
    print,
    openStore: () => openDatabase(config),
  })
}

async function openDatabase(config: Config): Promise<Store> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  return await openStore({ url: config.databaseUrl, clock, random })
}

async function serve(config: Config): Promise<void> {
  const store = await openDatabase(config)
  const rootKey = await readRootKey(config, random)
  const hasher = new PasswordHasher()
  const hash = (password: string) => hasher.hash(password)
  const isFresh = await prepareInstance({ config, store, clock, rootKey, hash })
  const log = createLog(
    config.logLevel,
    clock,
    inBatches((text) => process.stderr.write(text)),
  )
  const context = await createServerContext({ clock, random, store, config, log, rootKey })
  const server = await createServer(context)
  await server.listen({ host: config.host, port: config.port })
  const bound = server.server.address()
  const address = addressOf(config, bound)
  const other = isOnLoopback(config, bound) ? await listenOnOtherLoopback(server.server, bound.port) : undefined
  await printFirstAdministrator(address, isFresh, config, store)
  print(`ready ${address}`)

  const stop = new AbortController()
  const house = keepHouse(context, stop.signal)
  const close = async (): Promise<void> => {
    if (stop.signal.aborted) return
    stop.abort()
    other?.close()
    const closed = new AbortController()
    const impatient = clock.sleep(PATIENCE, closed.signal).then(
      () => server.server.closeAllConnections(),
      () => {},
    )
    await server.close()
    closed.abort()
    await Promise.all([house, impatient])
    await store.close()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close())
}

function isOnLoopback({ host }: Config, bound: AddressInfo | string | null): bound is AddressInfo {
  return (host === '127.0.0.1' || host === 'localhost') && typeof bound === 'object' && bound?.family === 'IPv4'
}

/** What a person opens: the public URL, or the address that the server listens on. */
function addressOf({ publicUrl, tls, host, port }: Config, bound: AddressInfo | string | null): string {
  if (publicUrl !== undefined) return publicUrl
  const name = host === '127.0.0.1' || host === '::1' || host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `${tls ? 'https' : 'http'}://${name}:${typeof bound === 'object' ? (bound?.port ?? port) : port}`
}

async function printFirstAdministrator(address: string, isFresh: boolean, config: Config, store: Store): Promise<void> {
  if (config.example) return
  if (isFresh) {
    const link = await createFirstAdministratorLink(new URL(address).origin, { store, clock, random })
    print('The first administrator sets a password and a second factor here. The link works once, for a day:')
    print(`  ${link}`)
    return
  }
  if ((await store.users.list({ limit: 1 })).items.length > 0) return
  print('There is no administrator yet. For a new link: mayfly-server users first-administrator')
}
