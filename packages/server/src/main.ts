/** Config, store, server, listen. */

import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import type { AddressInfo, Server } from 'node:net'
import { userInfo } from 'node:os'
import { systemClock } from '@mayfly/identity-center/clock'
import { seconds } from '@mayfly/identity-center/duration'
import { systemRandom } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { openStore, type Store } from '@mayfly/store'
import type { FastifyInstance } from 'fastify'
import { findCommand } from './commands/commands.ts'
import { createFirstAdministratorLink } from './commands/first-administrator.ts'
import { type CommandLine, parseCommandLine } from './config.ts'
import { readEnvironment } from './config-file.ts'
import type { ServerContext } from './context/context.ts'
import { createLog, inBatches } from './context/log.ts'
import { createServerContext } from './context/server-context.ts'
import type { Config } from './context/settings.ts'
import { prepareInstance } from './example/prepare-instance.ts'
import { formatHelp } from './help.ts'
import { keepHouse } from './housekeeping.ts'
import { findKeyReaders, readRootKey } from './keys/root-key.ts'
import { listenOnOtherLoopback } from './other-loopback.ts'
import { createServer } from './server.ts'
import { PasswordHasher } from './sign-in/password-hasher.ts'
import { explainFault } from './start-fault.ts'

// Whatever is written here holds secrets or their hashes: for its owner alone.
process.umask(0o077)

/** How long a request that is on its way may take when the server is told to stop. */
const PATIENCE = seconds(5)

const clock = systemClock
const random = systemRandom
const print = (line: string): void => void process.stdout.write(`${line}\n`)

await main(process.argv.slice(2)).catch((error: unknown) => {
  const fault = explainFault(error)
  if (!fault) throw error
  process.stderr.write(`mayfly-server: ${fault.problem}\n${fault.remedy === undefined ? '' : `${fault.remedy}\n`}`)
  process.exitCode = 1
})

async function main(argv: readonly string[]): Promise<void> {
  const commandLine = parseCommandLine(argv, await readEnvironment(argv, process.env))
  if (commandLine.help) return print(formatHelp(commandLine.words))
  if (commandLine.version) return print((await import('../package.json', { with: { type: 'json' } })).default.version)
  if (commandLine.words.length > 0) return await runCommand(commandLine)
  await serve(commandLine.config)
}

async function runCommand({ words, config, options, endpoint }: CommandLine): Promise<void> {
  const command = findCommand(words)
  if (!command) throw new Refusal('invalid', `There is no command ${words[0]}.`, { hint: 'mayfly-server --help' })
  process.stdout.once('error', endUnheard)
  await command.run({
    words: words.slice(command.words.length),
    ...(endpoint === undefined ? {} : { endpoint }),
    options,
    config,
    operator: operatorOf(),
    clock,
    random,
    print,
    openStore: () => openExistingDatabase(config),
  })
}

/** Who reads has read enough, as `head` does: the status is that of a program which the signal PIPE ends. */
function endUnheard(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(141)
}

/** In a container the user may have a number and no name. */
function operatorOf(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}

/** For commands: a folder that was mistyped is not made, and no database in it. */
async function openExistingDatabase(config: Config): Promise<Store> {
  const file = config.databaseUrl.startsWith('sqlite:') ? config.databaseUrl.slice('sqlite:'.length) : undefined
  if (file === undefined || existsSync(file)) return await openStore({ url: config.databaseUrl, clock, random })
  throw new Refusal('not-found', `There is no database ${file}.`, {
    hint: 'Name the data folder, or the database, of the server: --data DIR or --database URL',
  })
}

async function openDatabase(config: Config): Promise<Store> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  return await openStore({ url: config.databaseUrl, clock, random })
}

async function serve(config: Config): Promise<void> {
  const store = await openDatabase(config)
  try {
    await serveFrom(store, config)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function serveFrom(store: Store, config: Config): Promise<void> {
  const isNew = (await store.signingKeys.list()).length === 0
  const rootKey = await readRootKey(config, { random, isNew })
  const hasher = new PasswordHasher()
  const hash = (password: string) => hasher.hash(password)
  const isFresh = await prepareInstance({ config, store, clock, rootKey, hash })
  const log = createLog(
    config.logLevel,
    clock,
    inBatches((text) => process.stderr.write(text)),
  )
  const readers = process.platform === 'win32' ? undefined : findKeyReaders(config)
  if (readers !== undefined) log.warn(readers)
  const context = await createServerContext({ clock, random, store, config, log, rootKey })
  const server = await createServer(context)
  await server.listen({ host: config.host, port: config.port })
  const bound = server.server.address()
  const address = addressOf(config, bound)
  const other = isOnLoopback(config, bound) ? await listenOnOtherLoopback(server.server, bound.port) : undefined
  await printFirstAdministrator(address, isFresh, config, store)
  // Before anybody hears that it is ready: a signal that comes at once would end it in the middle.
  runUntilSignal(server, other, context)
  print(`ready ${address}`)
}

function runUntilSignal(server: FastifyInstance, other: Server | undefined, context: ServerContext): void {
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
    await context.store.close()
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
    const link = await createFirstAdministratorLink(new URL(address).origin, {
      store,
      clock,
      random,
      operator: operatorOf(),
    })
    print('The first administrator sets a password and a second factor here. The link works once, for a day:')
    print(`  ${link}`)
    return
  }
  if ((await store.users.list({ limit: 1 })).items.length > 0) return
  print('There is no administrator yet. For a new link: mayfly-server users first-administrator')
}
