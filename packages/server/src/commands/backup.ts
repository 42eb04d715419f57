/** `backup`, `restore`: the whole database as one file, taken while the server runs. */

import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { Refusal } from '@mayfly/identity-center/refusal'
import { backupLines, openStore, parseBackupHead, prepareDatabase, restoreLines } from '@mayfly/store'
import { readRootKey } from '../keys/root-key.ts'
import type { Command, CommandContext } from './command.ts'
import { openFile, writeNewFile } from './files.ts'
import { createOperatorEvent } from './operator-event.ts'
import { withStore } from './users.ts'

export const backup: Command = {
  words: ['backup'],
  example: 'backup /var/backups/mayfly.gz --data /var/lib/mayfly',
  argument: 'FILE',
  summary: 'write all that the database holds into a new file, while the server runs (--with-key)',
  async run(context) {
    const file = fileOf(context, 'backup')
    const { config, options, clock, random, print } = context
    const withKey = options['with-key'] === true
    await withStore(context, async (store) => {
      const key = withKey ? await readRootKey(config, { random, isNew: false }) : undefined
      const serverKey = key === undefined ? {} : { serverKey: Buffer.from(key).toString('base64url') }
      const lines = backupLines(config.databaseUrl, { createdAt: clock.now().toISOString(), ...serverKey })
      await writeNewFile(file, context, (out) => pipeline(Readable.from(lines), createGzip(), out))
      await store.auditEvents.insert(createOperatorEvent('CreateBackup', { withKey }, context))
    })
    print(`${file} holds the whole database.`)
    if (withKey) print('The server key is in it: whoever has this file has everything. Keep it as you keep the key.')
    else print(`The server key is not in it. Keep a copy of ${keyPlace(context)} elsewhere: without it nothing opens.`)
  },
}

export const restore: Command = {
  words: ['restore'],
  example: 'restore /var/backups/mayfly.gz --data /var/lib/mayfly-new',
  argument: 'FILE',
  summary: 'fill a new data folder, or a new database, with what a backup holds',
  async run(context) {
    const file = fileOf(context, 'restore')
    const { config, clock, random, print } = context
    const url = config.databaseUrl
    const lines = linesOf(file)
    const first = await lines.next()
    const head = parseBackupHead(first.done === true ? undefined : first.value)
    await mkdir(url.startsWith('sqlite:') ? dirname(url.slice('sqlite:'.length)) : config.dataFolder, {
      recursive: true,
      mode: 0o700,
    })
    await prepareDatabase(url, clock.now(), head.schema)
    const rows = await restoreLines(url, String(first.value), { [Symbol.asyncIterator]: () => lines })
    const store = await openStore({ url, clock, random })
    try {
      await store.auditEvents.insert(createOperatorEvent('RestoreBackup', { createdAt: head.createdAt }, context))
    } finally {
      await store.close()
    }
    print(`${rows} rows of ${head.createdAt} are restored.`)
    print(await restoreKey(head.serverKey, context))
    print('Disable again whom you disabled since then.')
  },
}

function fileOf({ words: [file] }: CommandContext, command: string): string {
  if (file !== undefined) return file
  throw new Refusal('invalid', `Which file? mayfly-server ${command} FILE`)
}

const keyPlace = ({ config }: CommandContext): string =>
  config.serverKey === undefined ? join(config.dataFolder, 'server.key') : 'MAYFLY_SERVER_KEY'

async function restoreKey(serverKey: string | undefined, context: CommandContext): Promise<string> {
  const { config } = context
  const file = join(config.dataFolder, 'server.key')
  if (config.serverKey !== undefined) return 'MAYFLY_SERVER_KEY must be the key that the database was made with.'
  if (serverKey === undefined) {
    return existsSync(file) ? `${file} stays as it is.` : `Now put the server key of that time into ${file}.`
  }
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(file, `${serverKey}\n`, { mode: 0o600, flag: 'wx', flush: true })
    return `The server key is restored into ${file}.`
  } catch {
    return `The server key of the backup was not written: there is a ${file} already.`
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const unpacked = createGunzip()
  // What goes wrong on the way ends the reading below, too.
  void pipeline(await openFile(file), unpacked).catch(() => {})
  try {
    yield* createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY })
    // What was cut off ends without its last line, or breaks the packing.
  } catch (error) {
    throw new Refusal('invalid', 'The backup is damaged: it cannot be unpacked.', { cause: error })
  }
}
