/** `mayfly exec`: real clients run by it, and a program that cannot tell that it was started by another one. */

import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AwsCli, hasAwsCli } from '../harness/aws-cli.ts'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { root } from '../harness/root.ts'
import { runProgram } from '../harness/run-program.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { readToken } from '../harness/tokens.ts'

const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

let server: ServerProcess
let aws: AwsCli
let home: Home

beforeAll(async () => {
  server = await ServerProcess.start()
  aws = await AwsCli.pointAt(server.origin)
})
afterAll(async () => {
  await aws?.stop()
  await server?.stop()
})
beforeEach(() => {
  home = new Home()
  home.writeConfig(server.startUrl, [
    { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
    { name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' },
    { name: 'gone', accountId: PRODUCTION, roleName: 'NoSuchRole' },
  ])
})
afterEach(() => {
  home.remove()
  expect(aws.trap.asked, 'a client reached for another host').toEqual([])
})

const exec = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runMayfly(home, ['exec', ...words], { env: { ...aws.env(home), ...env } })

const ARN = /:assumed-role\/AWSReservedSSO_(\w+)_[0-9a-f]{16}\/alice/

describe('real clients, started by exec', () => {
  const identity = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text']

  test.skipIf(!hasAwsCli)(
    'the AWS CLI is the profile that was named, whatever the environment said before',
    async () => {
      const words = ['prod', '--', '/usr/bin/aws', ...identity, '--endpoint-url', server.origin]
      const run = await exec(words, { AWS_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: 'x' })
      expect(run.stderr).toContain('Attempting to open your default browser')
      expect(run.stdout).toMatch(ARN)
      expect(run.stdout).toContain(`:${PRODUCTION}:`)
      expect(home.opened()).toHaveLength(1)
    },
  )

  test.skipIf(!hasBoto3)('boto3 is too, and reads the region', async () => {
    const program = `import boto3
print(boto3.client("sts", endpoint_url="${server.origin}").get_caller_identity()["Arn"], boto3.Session().region_name)`
    const { stdout, stderr } = await exec(['dev', '--', PYTHON, '-c', program])
    expect(stdout, stderr).toMatch(ARN)
    expect(stdout).toContain(`:${DEVELOPMENT}:`)
    expect(stdout).toContain(' us-east-1\n')
  })

  const JAVASCRIPT = `const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts')
    new STSClient({}).send(new GetCallerIdentityCommand({})).then((found) => console.log(found.Arn))`

  test.each([
    ['the environment', []],
    ['an endpoint', ['--endpoint']],
  ] as const)(
    'the SDK for JavaScript finds the server that issued its credentials by itself: %s',
    async (_way, words) => {
      const options = [...words, 'dev', '--', process.execPath, '-e', JAVASCRIPT]
      const run = await runProgram(process.execPath, [MAYFLY, 'exec', ...options], {
        env: { ...home.env(), ...home.browser() },
        cwd: root,
      })
      expect(run.stdout, run.stderr).toMatch(ARN)
    },
  )

  test.skipIf(!hasBoto3)(
    'an endpoint beats a default profile that has keys, and is gone with the program',
    async () => {
      home.write('.aws/credentials', '[default]\naws_access_key_id = AKIAWRONG\naws_secret_access_key = x\n')
      const program = `import boto3, os
print(boto3.client("sts", endpoint_url="${server.origin}").get_caller_identity()["Arn"])
print(os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"])`
      const { stdout, stderr } = await exec(['--endpoint', 'dev', '--', PYTHON, '-c', program])
      expect(stdout, stderr).toMatch(ARN)
      expect(stderr).toContain('So the program sees no config file.')
      const address = stdout.split('\n')[1] ?? ''
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//)
      await expect(fetch(address)).rejects.toThrow()
    },
  )
})

describe('a program', () => {
  beforeEach(async () => {
    expect((await runMayfly(home, ['credentials', '--profile', 'dev'])).status).toBe(0)
  })

  test('ends with its own exit code, or by its own signal', async () => {
    for (const code of [0, 1, 2, 77, 126, 127, 128, 130, 255]) {
      expect((await exec(['dev', '--', 'sh', '-c', `exit ${code}`])).status).toBe(code)
    }
    for (const signal of ['INT', 'TERM', 'HUP', 'KILL', 'SEGV']) {
      const run = await exec(['dev', '--', 'sh', '-c', `ulimit -c 0; kill -${signal} $$`])
      expect(run.signal).toBe(`SIG${signal}`)
    }
  })

  test.each([
    ['the environment', []],
    ['an endpoint', ['--endpoint']],
  ] as const)('gets signals that were meant for it, with %s', async (_way, words) => {
    const script = `trap 'echo got TERM; exit 3' TERM; trap 'echo got HUP' HUP; trap 'echo got INT' INT
        echo ready; while :; do sleep 0.05; done`
    const child = spawn(process.execPath, [MAYFLY, 'exec', ...words, 'dev', '--', 'sh', '-c', script], {
      env: home.env(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    await expect.poll(() => said, { timeout: 10_000 }).toContain('ready')
    for (const signal of ['HUP', 'INT'] as const) {
      child.kill(`SIG${signal}`)
      await expect.poll(() => said, { timeout: 10_000 }).toContain(`got ${signal}`)
    }
    child.kill('SIGTERM')
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect(said).toBe('ready\ngot HUP\ngot INT\ngot TERM\n')
    expect(code).toBe(3)
  })

  test('behind an endpoint gets new credentials when the former ones are gone, and nobody is asked to sign in', async () => {
    const script = `const ask = () => new Promise((resolve) => {
        const { AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization } = process.env
        require('node:http').get(url, { headers: { authorization } }, async (answer) => {
          let text = ''
          for await (const chunk of answer) text += chunk
          resolve(JSON.parse(text).AccessKeyId)
        })
      })
      const first = await ask()
      const same = await ask()
      require('node:fs').rmSync(process.env.HOME + '/.aws/cli/cache', { recursive: true })
      const next = await ask()
      console.log(/^ASIA/.test(first), first === same, /^ASIA/.test(next), first === next)`
    const words = ['exec', '--endpoint', 'dev', '--', process.execPath, '-e', `void (async () => { ${script} })()`]
    const { stdout, stderr } = await runMayfly(home, words)
    expect(stdout, stderr).toBe('true true true false\n')
    expect(home.opened()).toHaveLength(1)
  })

  test('that ends by a signal behind an endpoint ends mayfly by it too', async () => {
    const run = await exec(['--endpoint', 'dev', '--', 'sh', '-c', 'kill -TERM $$'])
    expect(run.signal).toBe('SIGTERM')
  })

  test.each([
    ['the environment', []],
    ['an endpoint', ['--endpoint']],
  ] as const)('reads and writes a megabyte unchanged, with %s', async (_way, words) => {
    const bytes = randomBytes(1_048_576)
    const run = spawnSync(process.execPath, [MAYFLY, 'exec', ...words, 'dev', '--', 'cat'], {
      env: home.env(),
      input: bytes,
      maxBuffer: 4_194_304,
    })
    expect(run.stdout.equals(bytes)).toBe(true)
    expect(run.stderr.toString()).toBe('')
  })

  test('has blocking streams, ends quietly when its reader does, and ignores no signal', async () => {
    const script = 'grep -h flags /proc/self/fdinfo/0 /proc/self/fdinfo/1 >&2; grep SigIgn /proc/self/status >&2; yes'
    const line = `echo | "${process.execPath}" "${MAYFLY}" exec dev -- sh -c '${script}' | head -1; echo "\${PIPESTATUS[1]}"`
    const run = spawnSync('/bin/bash', ['-c', line], { env: home.env(), encoding: 'utf8' })
    expect(run.stdout).toBe('y\n141\n')
    // O_NONBLOCK is 04000.
    expect(
      [...run.stderr.matchAll(/flags:\s+(\d+)/g)].map(([, flags]) => Number.parseInt(flags ?? '', 8) & 0o4000),
    ).toEqual([0, 0])
    expect(run.stderr).toMatch(/SigIgn:\s+0{16}/)
  })

  test('is found and refused as a shell does it, before anybody is asked to sign in', async () => {
    home.write('script', 'echo without a first line: $1\n', 0o700)
    home.write('bad', '#!/no/such/interpreter\n', 0o700)
    home.write('data', 'x')
    expect(await exec(['dev', '--', 'no-such-program'])).toMatchObject({ status: 127, stdout: '' })
    expect(await exec(['dev', '--', join(home.path, 'data')])).toMatchObject({ status: 126, stdout: '' })
    expect(await exec(['dev', '--', home.path])).toMatchObject({ status: 126, stdout: '' })
    expect(await exec(['dev', '--', join(home.path, 'bad')])).toMatchObject({ status: 126, stdout: '' })
    expect(await exec(['dev', '--', join(home.path, 'script'), 'A B'])).toMatchObject({
      status: 0,
      stdout: 'without a first line: A B\n',
    })
    chmodSync(join(home.path, 'script'), 0o600)
    expect((await exec(['unknown', '--', join(home.path, 'script')])).status).toBe(126)
  })

  test('inside of another one is the inner profile, with its region; without a name it is the outer', async () => {
    home.write('.aws/config', `${home.read('.aws/config')?.replace('region = us-east-1', 'region = eu-west-1')}`)
    const inner = (...words: readonly string[]) =>
      `"${process.execPath}" "${MAYFLY}" exec ${words.join(' ')} -- sh -c 'echo $MAYFLY_PROFILE $AWS_REGION'`
    for (const mode of [[], ['--endpoint'], ['--endpoint']]) {
      const run = await exec([...mode, 'dev', '--', 'sh', '-c', `${inner()}; ${inner('prod')}`])
      expect(run.stdout, run.stderr).toBe('dev eu-west-1\nprod us-east-1\n')
      // From the second time on, an endpoint hides the config file from the program.
      if (mode.length > 0)
        home.write('.aws/credentials', '[default]\naws_access_key_id = A\naws_secret_access_key = x\n')
    }
  })
})

test('every refusal comes before the program', async () => {
  const never = { MAYFLY_SIGN_IN: 'never' }
  const refused = await exec(['dev', '--', 'touch', join(home.path, 'ran')], never)
  expect(refused).toMatchObject({ status: 255, stdout: '' })
  expect(refused.stderr).toContain('Error loading SSO Token')
  expect((await exec(['nowhere', '--', 'true'])).stderr).toContain('The config profile (nowhere) could not be found')
  const withdrawn = await exec(['gone', '--', 'touch', join(home.path, 'ran')])
  expect(withdrawn.status).toBe(254)
  expect(withdrawn.stderr).toContain('ForbiddenException')
  const token = readToken(home)
  home.write('.aws/config', home.read('.aws/config')?.replaceAll(server.origin, 'http://127.0.0.1:9') ?? '')
  expect(token).toBeDefined()
  const unreachable = await exec(['prod', '--', 'touch', join(home.path, 'ran')])
  expect(unreachable.status).toBe(255)
  expect(unreachable.stderr).toContain('Could not connect')
  expect(existsSync(join(home.path, 'ran'))).toBe(false)
})

describe.skipIf(!hasTmux)('in a terminal', () => {
  let tmux: Tmux
  afterEach(() => tmux?.stop())

  /** A shell in a terminal, signed in, that runs what is typed. */
  async function openShell(): Promise<void> {
    expect((await runMayfly(home, ['credentials', '--profile', 'dev'])).status).toBe(0)
    home.write('bin/mayfly', `#!/bin/sh\nexec "${process.execPath}" "${MAYFLY}" "$@"\n`, 0o700)
    const env = {
      ...home.env(),
      PATH: `${join(home.path, 'bin')}:/usr/bin:/bin`,
      PS1: '% ',
      SHELL: '/bin/bash',
      HISTFILE: '/dev/null',
    }
    tmux = await Tmux.start(['/bin/bash', '--norc', '--noprofile', '-i'], { env })
    await tmux.until('%')
  }

  test.each([[''], ['--endpoint ']])(
    'Ctrl-C reaches the program once, and Ctrl-Z stops it: exec %s',
    async (option) => {
      await openShell()
      home.write('count.py', COUNTER)
      await tmux.type(`mayfly exec ${option}dev -- ${PYTHON} ~/count.py\n`)
      await tmux.until('ready True')
      await tmux.keys('C-c')
      await tmux.until('interrupted 1')
      await new Promise((resolve) => setTimeout(resolve, 500))
      expect(await tmux.screen()).not.toContain('interrupted 2')
      await tmux.keys('C-z')
      // What is typed before the prompt is there is thrown away with the rest of the terminal's input.
      await tmux.until(/Stopped[\s\S]*\n%$/)
      await tmux.type('fg\n')
      // The shell prints the line before it hands the terminal over.
      await tmux.until(/fg\nmayfly exec/)
      await new Promise((resolve) => setTimeout(resolve, 1000))
      await tmux.keys('C-c')
      await tmux.until('interrupted 2')
      await tmux.resize(60, 20)
      await tmux.until('columns 60')
      await tmux.keys('C-\\')
      await tmux.type('echo "status $?"\n')
      await tmux.until('status 7')
    },
  )

  test('Ctrl-C ends the loop of a shell with the program', async () => {
    await openShell()
    await tmux.type(
      'for i in 1 2 3; do mayfly exec --endpoint dev -- sh -c "echo go; sleep 30"; done; echo "after $?"\n',
    )
    await tmux.until(/^go$/m)
    await tmux.keys('C-c')
    const screen = await tmux.until(/\n%$/)
    expect(screen.match(/^go$/gm)).toHaveLength(1)
  })

  test('without a program a shell opens that says whose it is', async () => {
    await openShell()
    await tmux.type('mayfly exec dev\n')
    await tmux.until('This shell is dev. To leave it: exit')
    await tmux.type('echo "I am $MAYFLY_PROFILE"; mayfly exec prod\n')
    await tmux.until('I am dev')
    await tmux.until('This shell is prod, inside of dev.')
    await tmux.type('exit 5\n')
    await tmux.type('echo "status $? in $MAYFLY_PROFILE"\n')
    await tmux.until('status 5 in dev')
  })
})

const COUNTER = `import os, signal, sys, time
count = 0
def interrupted(*_):
    global count
    count += 1
    print("interrupted", count, flush=True)
def quit(*_):
    os._exit(7)
def resized(*_):
    print("columns", os.get_terminal_size(0).columns, flush=True)
signal.signal(signal.SIGINT, interrupted)
signal.signal(signal.SIGQUIT, quit)
signal.signal(signal.SIGWINCH, resized)
print("ready", os.isatty(0) and os.isatty(1) and os.tcgetpgrp(0) == os.getpgrp(), flush=True)
while True:
    time.sleep(0.1)
`
