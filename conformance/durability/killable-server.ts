/** A server that is killed on an order, and an administrator of it: for what is to survive that. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, type TestContext } from 'vitest'
import type { Engine } from '../harness/engines.ts'
import { DEVELOPMENT, IDENTITY_STORE_ID, MANAGEMENT } from '../harness/example.ts'
import { runServerProgram } from '../harness/operator.ts'
import { root } from '../harness/root.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { signedCall } from '../harness/signed-call.ts'
import type { World } from './administrative-writes.ts'
import { Journey } from './journey.ts'

/** More commits than anything makes for one answer. */
export const MOST_COMMITS = 8

export interface Running {
  /** The file whose number says after how many commits the next one who commits is killed. */
  readonly order: string
  readonly folder: string
  /** What such a program has in its environment. */
  readonly hook: Readonly<Record<string, string>>
  readonly server: ServerProcess
  readonly world: World
  /** `mayfly-server WORDS` on the same database; killed when there is an order. */
  command(...words: string[]): ReturnType<typeof runServerProgram>
}

/** Starts it with the example, on an empty database. */
export async function startKillable({ open }: Engine, context: TestContext): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-order-'))
  const order = join(folder, 'order')
  const hook = {
    NODE_OPTIONS: `--require ${join(root, 'conformance/durability/commit-hook.cjs')}`,
    MAYFLY_STORE_PACKAGE: join(root, 'packages/store/package.json'),
    MAYFLY_KILL_ORDER: order,
  }
  const engine = await open()
  if ('skip' in engine) return context.skip(engine.skip)
  const { database } = engine
  const server = await ServerProcess.start({ env: hook, ...(database === undefined ? {} : { database }) })
  onTestFinished(async () => {
    await server.stop()
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const [alice, bob] = await Promise.all([signIn(server, 'alice'), signIn(server, 'bob')])
  const call = signedCall(server.origin, await alice.takeRole(MANAGEMENT, 'AdministratorAccess'))
  let count = 0
  const world: World = {
    origin: server.origin,
    call,
    takeRoleAsBob: (roleName) => bob.takeRole(DEVELOPMENT, roleName),
    next: () => ++count,
    async userId(AttributeValue) {
      const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'userName', AttributeValue } }
      const found = await call('identitystore', 'GetUserId', {
        IdentityStoreId: IDENTITY_STORE_ID,
        AlternateIdentifier,
      })
      return String(found['UserId'])
    },
  }
  const place = ['--data', server.data, ...(database === undefined ? [] : ['--database', database])]
  return { order, folder, hook, server, world, command: (...words) => runServerProgram([...words, ...place], hook) }
}

async function signIn(server: ServerProcess, userName: string): Promise<Journey> {
  const journey = await Journey.start(server.origin, userName)
  onTestFinished(() => journey.stop())
  await journey.registerClient()
  await journey.consent()
  await journey.redeemCode()
  return journey
}
