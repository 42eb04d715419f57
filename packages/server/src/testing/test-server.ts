/** The real server on an in-memory database and a clock that the test moves; requests are injected, no port. */

import { after, type Duration, hours } from '@mayfly/identity-center/duration'
import type { SessionId, UserId } from '@mayfly/identity-center/identifiers'
import { DEFAULT_QUOTAS } from '@mayfly/identity-center/quotas'
import { randomUuid } from '@mayfly/identity-center/random'
import { hashOf } from '@mayfly/identity-center/secret'
import type { Session } from '@mayfly/identity-center/sign-in/session'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { TestRandom } from '@mayfly/identity-center/testing/test-random'
import { openStore, type Store } from '@mayfly/store'
import { type Client, type ClientRequest, createClient } from '@mayfly/wire/call'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import type { SigningCredentials } from '@mayfly/wire/signature-v4'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import type { ServerContext } from '../context/context.ts'
import { createLog } from '../context/log.ts'
import { createServerContext } from '../context/server-context.ts'
import type { Config } from '../context/settings.ts'
import { readAcme } from '../example/acme.ts'
import { loadOrganization } from '../example/load-organization.ts'
import { createServer } from '../server.ts'

const CONFIG: Config = {
  dataFolder: '/nowhere',
  host: '127.0.0.1',
  port: 7373,
  databaseUrl: 'sqlite::memory:',
  example: true,
  trustedProxies: [],
  issuerNetworks: [],
  region: 'us-east-1',
  logLevel: 'info',
  unsignedCallsPerMinute: 600,
  quotas: DEFAULT_QUOTAS,
}

export interface TestServer {
  readonly context: ServerContext
  readonly clock: TestClock
  /** What was logged, one JSON text a line. */
  readonly logged: string[]
  inject(request: InjectOptions): Promise<LightMyRequestResponse>
  /** Every route that is served: `GET /sign-in`. */
  routes(): Promise<string[]>
  /** A client of one service, made from the same models as the server. */
  client(service: ServiceName, options?: { endpoint?: string; credentials?: SigningCredentials }): Client
  /** Signs a user of the example organization in, as a browser would be. */
  signIn(userName: string, length?: Duration): Promise<Session>
  close(): Promise<void>
}

const ROOT_KEY = new Uint8Array(32).fill(7)

/** The example organization, served. Its users' passwords are not hashed: nobody types them here. */
export async function startTestServer(
  config: Partial<Config> = {},
  { clock = new TestClock(), seed = 'server' }: { clock?: TestClock; seed?: string } = {},
): Promise<TestServer> {
  const random = new TestRandom(seed)
  const settings: Config = { ...CONFIG, ...config }
  const store = await openExample(settings.databaseUrl, clock, random)
  const logged: string[] = []
  const log = createLog(settings.logLevel, clock, (line) => logged.push(line))
  const context = await createServerContext({ clock, random, store, config: settings, log, rootKey: ROOT_KEY })
  const app = await createServer(context)
  const origin = 'http://localhost:7373'

  const inject = (request: InjectOptions): Promise<LightMyRequestResponse> =>
    app.inject({ ...request, headers: { host: 'localhost:7373', ...request.headers } })

  const send = async ({ method, url, headers, body }: ClientRequest) => {
    const { host, pathname, search } = new URL(url)
    const response = await app.inject({
      method: method as 'GET',
      url: pathname + search,
      headers: { ...headers, host },
      ...(body === '' ? {} : { payload: body }),
    })
    return { status: response.statusCode, headers: response.headers as Record<string, string>, body: response.body }
  }

  return {
    context,
    clock,
    logged,
    inject,
    async routes() {
      await app.ready()
      return routesIn(app.printRoutes({ commonPrefix: false }))
    },
    client(service, { endpoint = origin, credentials } = {}) {
      const model = context.wire.models.get(service)
      if (!model) throw new Error(`${service} is not served.`)
      return createClient(model, {
        endpoint,
        send,
        now: () => clock.now(),
        userAgent: 'test/1',
        ...(credentials ? { credentials } : {}),
      })
    },
    async signIn(userName, length = hours(8)) {
      const user = await store.users.findByUserName(userName)
      if (!user) throw new Error(`There is no ${userName}.`)
      const session = createSession(user.id, clock.now(), length, random)
      await store.sessions.insert(session)
      return session
    },
    close: async () => {
      await app.close()
      await store.close()
    },
  }
}

/** The database of the example, or one that holds something already. */
async function openExample(url: string, clock: TestClock, random: TestRandom): Promise<Store> {
  const store = await openStore({ url, clock, random })
  if ((await store.instances.find()) === undefined)
    await loadOrganization(await readAcme(), { store, now: clock.now(), hash: async () => 'no hash' })
  return store
}

function createSession(userId: UserId, createdAt: Date, length: Duration, random: TestRandom): Session {
  const id = randomUuid(random) as SessionId
  return {
    id,
    cookieHash: hashOf(`cookie of ${id}`),
    userId,
    requester: { address: '127.0.0.1', userAgent: 'browser/1' },
    mfa: false,
    createdAt,
    expiresAt: after(createdAt, length),
  }
}

/** Reads fastify's picture of its routes: a tree, each level four characters further to the right. */
function routesIn(picture: string): string[] {
  const above: string[] = []
  return picture.split('\n').flatMap((line) => {
    const [, indent = '', path = '', methods = ''] = line.match(/^([│├└─\s]*)(\S*)(?: \((.*)\))?$/) ?? []
    const depth = Math.max(0, indent.length / 4 - 1)
    above.splice(depth)
    above[depth] = path
    return methods === '' ? [] : methods.split(', ').map((method) => `${method} ${above.join('')}`)
  })
}
