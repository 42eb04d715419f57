import { minutes } from '@mayfly/identity-center/duration'
import { TestClock } from '@mayfly/identity-center/testing/test-clock'
import { expect, test } from 'vitest'
import type { StopSignal } from '../machine/stop-signal.ts'
import { run } from '../main.ts'
import { createTestMachine, jsonAnswer, type TestMachine, type TestMachineOptions } from '../testing/test-machine.ts'
import { testWebServer } from '../testing/test-web-server.ts'

const CONFIG = `[profile dev]
sso_session = acme
sso_account_id = 222233334444
sso_role_name = ReadOnly
region = eu-west-1
[profile prod]
sso_session = acme
sso_account_id = 333344445555
sso_role_name = Admin
[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = us-east-1
`
/** sha1 of `acme`, as every tool names the token's file. */
const TOKEN_FILE = '~/.aws/sso/cache/f5d2be9a0b17d8a3cd5dd0a4eeb1c8c8b2ba3ea4.json'

async function sha1(text: string): Promise<string> {
  const { createHash } = await import('node:crypto')
  return createHash('sha1').update(text).digest('hex')
}

const token = JSON.stringify({
  startUrl: 'https://acme.awsapps.com/start',
  region: 'us-east-1',
  accessToken: 'session-token',
  expiresAt: '2026-11-21T09:30:00Z',
})

/** Role credentials of an hour from now on, each time with another key. */
function portal() {
  let count = 0
  return () => {
    count += 1
    return jsonAnswer(200, {
      roleCredentials: {
        accessKeyId: `ASIA${count}`,
        secretAccessKey: 'secret',
        sessionToken: 'token',
        expiration: Date.parse('2026-11-21T01:30:00Z') + 3_600_000,
      },
    })
  }
}

interface Options extends TestMachineOptions {
  readonly isSignedIn?: boolean
  readonly onMachine?: (machine: TestMachine) => void
}

async function machineOf(options: Options = {}) {
  const webServer = testWebServer()
  const asked = Promise.withResolvers<StopSignal>()
  const file = TOKEN_FILE.replace(/\w{40}/, await sha1('acme'))
  const machine = {
    ...createTestMachine({
      // It stands still: the loop that refreshes ahead would move any other one for ever.
      clock: new TestClock('2026-11-21T01:30:00Z'),
      answer: portal(),
      stopped: asked.promise,
      ...options,
      files: { '~/.aws/config': CONFIG, ...(options.isSignedIn !== false && { [file]: token }), ...options.files },
    }),
    webServer,
  }
  options.onMachine?.(machine)
  return { machine, stop: asked.resolve }
}

interface Ready {
  readonly url: string
  readonly clients: readonly {
    name: string
    profile: string
    url: string
    token: string
    env: Record<string, string>
  }[]
}

/** Runs `mayfly serve` until it is ready. */
async function serve(words: readonly string[], options: Parameters<typeof machineOf>[0] = {}) {
  const { machine, stop } = await machineOf(options)
  const ended = run(['serve', ...words], machine)
  const early = await Promise.race([ended, expect.poll(machine.stderr, { timeout: 5000 }).toContain('Serving ')])
  const ask = async (url: string, authorization: string) => {
    const { host, port, pathname } = new URL(url)
    return machine.webServer.ask(Number(port), {
      target: pathname,
      headers: { host: [host], authorization: [authorization] },
    })
  }
  return { machine, stop, ended, early, ask, ready: () => JSON.parse(machine.stdout()) as Ready }
}

test('each profile is a client with its own address, token and environment', async () => {
  const { ready, ask, stop, ended } = await serve(['dev', 'prod', '--json'])
  const [dev, prod] = ready().clients
  expect(dev).toMatchObject({
    name: 'dev',
    profile: 'dev',
    env: { AWS_REGION: 'eu-west-1', AWS_EC2_METADATA_DISABLED: 'true' },
  })
  expect(prod?.env).not.toHaveProperty('AWS_REGION')
  expect(dev?.token).not.toBe(prod?.token)
  expect(dev?.env).toMatchObject({
    AWS_CONTAINER_CREDENTIALS_FULL_URI: dev?.url,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: dev?.token,
  })
  expect((await ask(dev?.url ?? '', dev?.token ?? '')).status).toBe(200)
  expect((await ask(prod?.url ?? '', dev?.token ?? '')).status).toBe(401)
  stop('SIGTERM')
  expect(await ended).toBe(0)
  await expect(ask(dev?.url ?? '', '')).rejects.toThrow('ECONNREFUSED')
})

test('clients of one profile have their own tokens, and share what was fetched', async () => {
  const { ready, ask, stop, ended, machine } = await serve(['dev', '--client', 'web', '--client', 'db=prod', '--json'])
  expect(ready().clients.map(({ name, profile }) => [name, profile])).toEqual([
    ['web', 'dev'],
    ['db', 'prod'],
  ])
  const [web] = ready().clients
  await Promise.all([1, 2, 3].map(() => ask(web?.url ?? '', web?.token ?? '')))
  expect(machine.requests.filter(({ url }) => url.includes('222233334444'))).toHaveLength(1)
  stop('SIGINT')
  expect(await ended).toBe(130)
})

test('without --json the environment is printed for a shell, and what goes on to standard error', async () => {
  const { machine, stop, ended } = await serve(['dev', '--port', '9911'])
  expect(machine.stdout()).toMatch(
    /^# dev\nexport AWS_CONTAINER_CREDENTIALS_FULL_URI=http:\/\/127.0.0.1:9911\/credentials\/dev\nexport AWS_CONTAINER_AUTHORIZATION_TOKEN=[\w-]{43}\nexport AWS_EC2_METADATA_DISABLED=true\n/,
  )
  expect(machine.stderr()).toBe('Serving dev on http://127.0.0.1:9911 (Ctrl-C ends it)\n')
  stop('SIGHUP')
  expect(await ended).toBe(0)
})

test('with --write-env the token is in the file alone, and the file goes at the end; a kept token stays', async () => {
  const words = ['dev', '--write-env', '~/x/{client}.env', '--token-file', '~/x/dev.token']
  const { machine, stop, ended } = await serve(words)
  const kept = machine.text('~/x/dev.token') ?? ''
  expect(machine.text('~/x/dev.env')).toContain(`AWS_CONTAINER_AUTHORIZATION_TOKEN=${kept}\n`)
  expect(machine.stdout()).toBe('')
  expect(machine.stderr()).not.toContain(kept)
  stop('SIGTERM')
  await ended
  expect(machine.text('~/x/dev.env')).toBeUndefined()
  expect(machine.text('~/x/dev.token')).toBe(kept)
})

test('who is not signed in is told so at once, and clients until somebody signs in', async () => {
  const { machine, ask, ready, stop, ended } = await serve(['dev', '--json'], { isSignedIn: false })
  expect(machine.stderr()).toContain('Run: mayfly sso login --sso-session acme')
  const [dev] = ready().clients
  const { status, body } = await ask(dev?.url ?? '', dev?.token ?? '')
  expect(status).toBe(403)
  expect(JSON.parse(body)).toMatchObject({
    code: 'SignInRequired',
    message: expect.stringContaining('mayfly sso login'),
  })
  stop('SIGTERM')
  await ended
})

test('a token that the portal refused, and that somebody has replaced meanwhile, opens no page', async () => {
  const issue = portal()
  const path = TOKEN_FILE.replace(/\w{40}/, await sha1('acme')).replace('~', '/home/alice')
  let disk: TestMachine['disk'] | undefined
  const { machine, ask, ready, stop, ended } = await serve(['dev', '--json', '--sign-in'], {
    answer: ({ url, headers }) => {
      if (!url.includes('/federation/credentials')) throw new Error(`nobody was to ask ${url}`)
      if (headers['x-amz-sso_bearer_token'] !== 'session-token') return issue()
      disk?.set(path, { content: Buffer.from(token.replace('session-token', 'newer')), mode: 0o600 })
      return jsonAnswer(401, { message: 'Session token not found or invalid' }, 'UnauthorizedException')
    },
    onMachine: (made) => {
      disk = made.disk
    },
  })
  const [dev] = ready().clients
  expect((await ask(dev?.url ?? '', dev?.token ?? '')).status).toBe(200)
  expect(machine.stderr()).not.toContain('browser')
  stop('SIGTERM')
  await ended
})

test('while the portal cannot be reached, clients have what is left of the cached credentials', async () => {
  let isUp = true
  const issue = portal()
  const { machine, ask, ready, stop, ended } = await serve(['dev', '--json'], {
    answer: () => (isUp ? issue() : jsonAnswer(503, {})),
  })
  const [dev] = ready().clients
  const get = async () => JSON.parse((await ask(dev?.url ?? '', dev?.token ?? '')).body) as Record<string, string>
  expect(await get()).toMatchObject({ AccessKeyId: 'ASIA1' })
  isUp = false
  await machine.clock.advance(minutes(50))
  expect(await get()).toMatchObject({ AccessKeyId: 'ASIA1' })
  await machine.clock.advance(minutes(11))
  expect(await get()).toHaveProperty('code')
  stop('SIGTERM')
  await ended
})

test.each([
  [['nope'], 255, 'The config profile (nope) could not be found'],
  [['dev', '--host', '0.0.0.0'], 255, 'not served on every address'],
  [['dev', '--host', '10.1.2.3'], 255, '--allow-network'],
  [['dev', '--port', '70000'], 252, 'is no port'],
  [['dev', 'prod', '--client', 'x'], 252, 'not clear which profile'],
  [['dev', '--client', 'a b'], 252, 'does not begin with a name'],
  [['dev', '--client', 'x', '--client', 'x'], 252, 'two clients called x'],
  [['dev', 'prod', '--write-env', '~/one.env'], 255, 'One file cannot hold'],
  [['dev', '--', 'aws'], 252, 'A command after --'],
  [['dev', '--ssh', '-oProxyCommand=id'], 252, 'is no host'],
  [['dev', 'prod', '--ssh', 'host'], 252, 'one profile at a time'],
  [['dev', '--ssh', 'host', '--port', '9'], 252, 'no meaning with --ssh'],
])('refuses %s before anything is opened', async (words, code, message) => {
  const { machine } = await machineOf()
  expect(await run(['serve', ...words], machine)).toBe(code)
  expect(machine.stderr()).toContain(message)
})

test('a port that is taken is told as that', async () => {
  const { machine } = await machineOf()
  await machine.webServer.listen({ host: '127.0.0.1', port: 9911 }, async () => ({
    status: 200,
    headers: {},
    body: '',
  }))
  expect(await run(['serve', 'dev', '--port', '9911'], machine)).toBe(255)
  expect(machine.stderr()).toContain('Another program listens on 127.0.0.1, port 9911.')
})

test('a snippet is printed without serving; Windows is told that ssh cannot share a connection', async () => {
  const { machine } = await machineOf()
  expect(await run(['serve', 'dev', '--snippet', 'devcontainer'], machine)).toBe(0)
  expect(JSON.parse(machine.stdout())).toHaveProperty('runArgs')
  const { machine: windows } = await machineOf({
    platform: 'win32',
    home: 'C:\\Users\\alice',
    files: { 'C:\\Users\\alice\\.aws\\config': CONFIG },
  })
  expect(await run(['serve', 'dev', '--ssh', 'host'], windows)).toBe(255)
  expect(windows.stderr()).toContain('cannot share one connection')
})
