/** The operator's bad days: whatever keeps the built server from starting is one sentence and what to do next. */

import { chmodSync, copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { root } from '../harness/root.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'

const PROGRAM = join(root, 'packages/server/bin/mayfly-server.cjs')
const SECRET = 'hunter2-is-secret'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-operate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs it until it says why not; one that serves instead is killed. */
function run(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ProgramRun> {
  const options = { env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...env }, timeout: 25_000 }
  return runProgram(process.execPath, [PROGRAM, ...words], options)
}

const start = (words: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<ProgramRun> =>
  run(['--data', join(folder, 'data'), '--port', '0', ...words], env)

/** Serves once and stops, so that the data folder has seen use. */
async function use(words: readonly string[] = []): Promise<string> {
  const data = join(folder, 'data')
  const server = await ServerProcess.start({ args: words, data })
  await server.stop()
  return data
}

/** One sentence, at most one more line with what to do, no stack, exit status 1. */
function expectRefused({ status, stdout, stderr }: ProgramRun, problem: RegExp, remedy?: RegExp): void {
  expect(stderr).toMatch(/^mayfly-server: .*\.\n(.+\n)?$/)
  expect(stderr).toMatch(problem)
  if (remedy) expect(stderr.split('\n')[1]).toMatch(remedy)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(stdout).toBe('')
  expect(status).toBe(1)
}

describe('an existing data folder', () => {
  test('is served again, with nobody asked to become its first administrator a second time by a new link', async () => {
    const data = await use()
    const server = await ServerProcess.start({ args: [], data })
    onTestFinished(() => server.stop())
    expect(server.output).toContain('There is no administrator yet.')
    expect(server.output).not.toContain('/link/')
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200)
  })

  test('that is no example is not served as one, and an example not in earnest', async () => {
    await use()
    expectRefused(await start(['--example']), /another organization than the example/, /Leave out --example/)
    rmSync(join(folder, 'data'), { recursive: true })
    await use(['--example'])
    expectRefused(await start(), /everybody knows its passwords/, /--data, or add --example/)
  })

  test('whose server.key is lost is refused, and no other key is put in its place', async () => {
    const data = await use()
    copyFileSync(join(data, 'server.key'), join(folder, 'backup'))
    rmSync(join(data, 'server.key'))
    expectRefused(await start(), /The server key is missing/, /Restore that file from its backup/)
    expect(readdirSync(data)).not.toContain('server.key')
    copyFileSync(join(folder, 'backup'), join(data, 'server.key'))
    await use()
  })

  test('whose server.key is another’s is refused', async () => {
    const data = await use()
    writeFileSync(join(data, 'server.key'), `${Buffer.alloc(32, 1).toString('base64url')}\n`)
    expectRefused(await start(), /does not open the keys in this database/, /that this database was made with/)
  })

  test.skipIf(process.platform === 'win32')('whose server.key others may read is served with a warning', async () => {
    const data = await use()
    chmodSync(join(data, 'server.key'), 0o644)
    const server = await ServerProcess.start({ args: [], data })
    onTestFinished(() => server.stop())
    expect(server.output).toMatch(/"level":"warn".*may read .*server\.key\. Run: chmod 600/)
  })

  test('of a newer version is refused and left as it is', async () => {
    const file = join(await use(), 'mayfly.db')
    const database = new DatabaseSync(file)
    database.exec("insert into migrations values (99, 'from the future', '2030-01-01')")
    database.close()
    expectRefused(await start(), /belongs to a newer version of this server\. Start that one\./)
    expectRefused(await run(['users', 'list', '--data', join(folder, 'data')]), /newer version/)
  })

  test('whose database is damaged is refused and left as it is', async () => {
    const file = join(await use(), 'mayfly.db')
    writeFileSync(file, 'no database at all, but long enough to be looked at. '.repeat(100))
    const before = readFileSync(file)
    expectRefused(await start(), /damaged or is no database\. Restore it from a backup\./)
    expect(readFileSync(file)).toEqual(before)
  })

  test('may be served by two servers at once: what one knows the other knows', async () => {
    const data = join(folder, 'data')
    const [one, other] = await Promise.all([
      ServerProcess.start({ data, args: ['--example'] }),
      ServerProcess.start({ data, args: ['--example'] }),
    ])
    onTestFinished(async () => void (await Promise.all([one.stop(), other.stop()])))
    const ask = async (server: ServerProcess, path: string, body: object) => {
      const options = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      return (await (await fetch(server.origin + path, options)).json()) as Record<string, unknown>
    }
    const registration = await ask(one, '/client/register', { clientName: 'two', clientType: 'public' })
    const { clientId, clientSecret } = registration
    const startUrl = 'https://mayfly-example.awsapps.com/start'
    const device = await ask(other, '/device_authorization', { clientId, clientSecret, startUrl })
    const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
    const { deviceCode } = device
    const poll = await ask(one, '/token', { clientId, clientSecret, grantType, deviceCode })
    expect(poll).toMatchObject({ error: 'authorization_pending' })
  })
})

describe('what the machine does not give', () => {
  test('a port that is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    onTestFinished(() => void other.close())
    const address = other.address()
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0
    expectRefused(await start(['--port', String(port)]), new RegExp(`Port ${port} of 127.0.0.1 is taken`), /--port N/)
  })

  test('an address that is another machine’s', async () => {
    expectRefused(await start(['--host', '192.0.2.1']), /no address 192\.0\.2\.1/, /0\.0\.0\.0 is all of them/)
  })

  test('a data folder that is a file, or lies in one', async () => {
    writeFileSync(join(folder, 'data'), '')
    expectRefused(await start(), /data is no folder/, /--data DIR/)
    expectRefused(await run(['--data', join(folder, 'data', 'below')]), /is no folder/, /--data DIR/)
  })

  test('a certificate that is not there, or none at all', async () => {
    const missing = ['--tls-cert', join(folder, 'cert.pem'), '--tls-key', join(folder, 'key.pem')]
    expectRefused(await start(missing), /There is no .*\.pem\./, /--help/)
    writeFileSync(join(folder, 'cert.pem'), 'no certificate')
    writeFileSync(join(folder, 'key.pem'), 'no key')
    expectRefused(await start(missing), /do not hold a certificate and its private key/, /openssl/)
  })

  test.skipIf(process.platform === 'win32')(
    'a disk with room: the file may grow no further, and a start with room begins anew',
    async () => {
      const data = join(folder, 'data')
      const words = ['-c', 'ulimit -f 100; exec "$@"', 'sh', process.execPath, PROGRAM, '--data', data, '--port', '0']
      const full = await runProgram('/bin/sh', words, { env: { HOME: folder }, timeout: 25_000 })
      expectRefused(full, /disk/)
      const server = await ServerProcess.start({ args: [], data })
      onTestFinished(() => server.stop())
      expect(server.output).toContain('/link/')
    },
  )
})

describe('a PostgreSQL', () => {
  const database = (rest: string) => ['--database', `postgres://mayfly:${SECRET}@${rest}`]

  /** The password is nowhere, whatever went wrong. */
  async function refusal(words: readonly string[]): Promise<ProgramRun> {
    const outcome = await start(words)
    expect(outcome.stdout + outcome.stderr).not.toContain(SECRET)
    return outcome
  }

  test('that does not run', async () => {
    expectRefused(await refusal(database('127.0.0.1:1/mayfly')), /does not answer\. Check that it runs/)
  })

  test('whose host nobody knows', async () => {
    expectRefused(await refusal(database('nowhere.invalid/mayfly')), /does not answer/)
  })

  test('that takes the connection and says nothing, or ends it', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    const rude = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    onTestFinished(() => {
      silent.close()
      rude.close()
    })
    await Promise.all([silent, rude].map((server) => new Promise((resolve) => server.once('listening', resolve))))
    const portOf = (server: typeof silent) => (server.address() as { port: number }).port
    expectRefused(await refusal(database(`127.0.0.1:${portOf(rude)}/mayfly`)), /does not answer/)
    expectRefused(await refusal(database(`127.0.0.1:${portOf(silent)}/mayfly`)), /does not answer/)
  })

  test.each([
    ['28P01', /refuses the user or the password of --database\. Try the same address with psql\./],
    ['3D000', /has no database of the name in --database\. Make it with createdb\./],
    ['53300', /no connection left for this server/],
  ])('that answers %s', async (code, problem) => {
    const fields = `SFATAL\0C${code}\0Mno, said to ${SECRET}\0\0`
    const length = Buffer.alloc(4)
    length.writeUInt32BE(4 + fields.length)
    const refusing = createServer((socket) => {
      // Its first message is the startup; the answer is an ErrorResponse.
      socket
        .on('error', () => {})
        .once('data', () => socket.end(Buffer.concat([Buffer.from('E'), length, Buffer.from(fields)])))
    }).listen(0, '127.0.0.1')
    onTestFinished(() => void refusing.close())
    await new Promise((resolve) => refusing.once('listening', resolve))
    const { port } = refusing.address() as { port: number }
    expectRefused(await refusal(database(`127.0.0.1:${port}/mayfly`)), problem)
  })

  test('whose address is none, because of what is special in its password', async () => {
    expectRefused(await refusal(database('x@127.0.0.1:port/mayfly')), /--database is not an address/, /@ as %40/)
    expectRefused(await refusal(database('/x#@127.0.0.1/mayfly')), /--database is not an address/, /# as %23/)
  })
})

describe('a command', () => {
  test('makes no data folder where a mistyped one is named', async () => {
    const missing = join(folder, 'dta')
    expectRefused(await run(['users', 'list', '--data', missing]), /There is no database .*dta/, /--data DIR/)
    expect(readdirSync(folder)).toEqual([])
  })

  test('that is not there is refused with where to look', async () => {
    expectRefused(await start(['usres', 'list']), /There is no command usres/, /--help/)
    expectRefused(await start(['--prot', '1']), /Unknown option '--prot'/, /--help/)
  })
})

test('a broken organization document is said with file, line, column and what to do', async () => {
  const file = join(folder, 'organization.yaml')
  const acme = readFileSync(join(root, 'examples/acme.yaml'), 'utf8')
  writeFileSync(file, acme.replace('groups: [Developers]', 'groups: [Develpers]'))
  const outcome = await start([], { MAYFLY_EXAMPLE: file })
  expectRefused(
    outcome,
    /organization\.yaml:\d+:14: users\[1\]\.groups\[0\] names Develpers/,
    /Did you mean Developers\?/,
  )
  expectRefused(
    await start([], { MAYFLY_EXAMPLE: join(folder, 'none.yaml') }),
    /cannot be read/,
    /"true" for the example/,
  )
})
