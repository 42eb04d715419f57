/** `health`: whether this server's database answers, its keys open and its outbox and audit chain keep up. */

import { between, inSeconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import type { Command, CommandContext } from './command.ts'
import { openKeys } from './open-keys.ts'
import { withStore } from './users.ts'

/** What a running server leaves no event behind for. */
const LONGEST_LAG = 10

export const health: Command = {
  words: ['health'],
  example: 'health --data /var/lib/mayfly',
  summary: 'print whether the database answers, the keys open and the audit chain keeps up; fails when not',
  run: (context) => withStore(context, (store) => printHealth(store, context)),
}

async function printHealth(store: Store, context: CommandContext): Promise<void> {
  const { clock, print, options } = context
  const begun = clock.now()
  await store.ready()
  const databaseMilliseconds = between(begun, clock.now())
  await openKeys(store, context)
  const head = await store.auditSeals.findCheckpoint('head')
  const [oldest] = await store.auditEvents.listTexts({ behind: head?.position ?? 0, limit: 1 })
  const chainLagSeconds = oldest === undefined ? 0 : Math.max(0, inSeconds(between(oldest.eventTime, clock.now())))
  const report = { database: store.engine, databaseMilliseconds, chainLagSeconds, outbox: await store.outbox.count() }
  if (options.json === true) print(JSON.stringify(report))
  else {
    print(`The database (${report.database}) answers in ${databaseMilliseconds} ms, and the server key opens its keys.`)
    print(`The audit chain is ${chainLagSeconds} s behind; ${report.outbox} mails wait.`)
  }
  if (chainLagSeconds > LONGEST_LAG) {
    throw new Refusal('conflict', `Audit events have waited for their seal for ${chainLagSeconds} seconds.`, {
      hint: 'Is the server running? Its log says why it does not seal them.',
    })
  }
}
