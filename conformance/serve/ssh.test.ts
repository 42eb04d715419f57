/** Another host by plain OpenSSH: credentials while the shell is open, and nothing left behind. */

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEVELOPMENT } from '../harness/example.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { hasTmux, Tmux } from '../harness/tmux.ts'
import { type SignedIn, signIn } from './signed-in.ts'
import { SshServer, whyNoSshd } from './ssh-server.ts'

const missing = whyNoSshd()
const PYTHON = '/usr/bin/python3'
const hasBoto3 = existsSync(PYTHON) && spawnSync(PYTHON, ['-c', 'import boto3']).status === 0

let person: SignedIn
let remote: SshServer

beforeAll(async () => {
  if (missing !== undefined) return
  person = await signIn()
  remote = await SshServer.start()
})
afterAll(async () => {
  remote?.stop()
  await person?.stop()
})

const host = (): string => `${userInfo().username}@127.0.0.1`
const serveWords = (server = remote): string[] => ['serve', 'dev', '--ssh', host(), ...server.options()]

const serveThere = (command: readonly string[], input = ''): Promise<ProgramRun> =>
  runProgram(process.execPath, [MAYFLY, ...serveWords(), ...(command.length === 0 ? [] : ['--', ...command])], {
    env: person.home.env(),
    input,
  })

/** Folders that a connection makes: there, for the environment; here, for the socket that ssh shares. */
const findAll = (): string[] => readdirSync('/tmp').filter((name) => /^mayfly\.\w{8}$|^mayfly-ssh-/.test(name))
/** What somebody else has left there. */
const before = new Set(findAll())
const leftovers = (): string[] => findAll().filter((name) => !before.has(name))

async function expectNothingLeft(): Promise<void> {
  await expect.poll(leftovers, { timeout: 10_000 }).toEqual([])
}

test('a command on another host has the credentials, and its exit code is ours', async (context) => {
  context.skip(missing !== undefined, missing)
  context.skip(!hasBoto3, 'this Python has no boto3 (Debian: apt-get install python3-boto3)')
  // That host is this one: what lies in the home of whoever runs the tests would come first.
  const program = `import os
os.environ.update(AWS_SHARED_CREDENTIALS_FILE="/dev/null", AWS_CONFIG_FILE="/dev/null")
import boto3
print(boto3.Session().client("sts", endpoint_url="${person.server.origin}").get_caller_identity()["Arn"])
raise SystemExit(7)`
  const { status, stdout, stderr } = await serveThere([PYTHON, '-c', program])
  expect(stdout, stderr).toContain(`::${DEVELOPMENT}:assumed-role/`)
  expect(status).toBe(7)
  await expectNothingLeft()
})

test('words of a command arrive as they are; a single one is a line for the shell there', async (context) => {
  context.skip(missing !== undefined, missing)
  const words = ['printf', '[%s]', 'a b', "it's", '$HOME', '*', '"', '\\', '']
  expect((await serveThere(words)).stdout).toBe(`[a b][it's][$HOME][*]["][\\][]`)
  expect((await serveThere(['echo one; echo two | tr o 0; exit 3'])).stdout).toBe('one\ntw0\n')
  expect(await serveThere([], 'echo from a shell\nexit 4\n')).toMatchObject({ status: 4, stdout: 'from a shell\n' })
})

test('the token is on no command line, here or there, and its file is gone before the command runs', async (context) => {
  context.skip(missing !== undefined, missing)
  const { stdout } = await serveThere(['echo "$AWS_CONTAINER_AUTHORIZATION_TOKEN"; ps -eo args; ls /tmp/mayfly.*/'])
  const [token = '', ...rest] = stdout.split('\n')
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(rest.join('\n')).not.toContain(token)
  expect(rest.join('\n')).toContain('mayfly-')
  expect(rest.some((line) => line === 'env')).toBe(false)
})

for (const shell of ['/usr/bin/fish', '/usr/bin/zsh', '/bin/dash']) {
  test(`it works for a person whose shell there is ${shell}`, async (context) => {
    context.skip(missing !== undefined || !existsSync(shell), missing ?? `there is no ${shell}`)
    const server = await SshServer.start([`ForceCommand SHELL=${shell} ${shell} -c "$SSH_ORIGINAL_COMMAND"`])
    try {
      const words = ['printf', '[%s]', 'a b', "it's", '$HOME', '"', '']
      const run = await runMayfly(person.home, [...serveWords(server), '--', ...words])
      expect(run.stdout, run.stderr).toBe(`[a b][it's][$HOME]["][]`)
      const line = await runMayfly(person.home, [...serveWords(server), '--', 'env'])
      expect(line.stdout).toMatch(/^AWS_CONTAINER_AUTHORIZATION_TOKEN=[\w-]{43}$/m)
    } finally {
      server.stop()
    }
    await expectNothingLeft()
  })
}

test('a killed mayfly leaves nothing behind, here or there', async (context) => {
  context.skip(missing !== undefined, missing)
  const child = spawn(process.execPath, [MAYFLY, ...serveWords(), '--', 'echo started; sleep 2'], {
    env: person.home.env(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise<void>((resolve) => child.stdout.setEncoding('utf8').on('data', () => resolve()))
  expect(leftovers().length).toBeGreaterThan(0)
  child.kill('SIGKILL')
  await expectNothingLeft()
})

test('a host that cannot be reached, or does not forward ports, is told as what it is', async (context) => {
  context.skip(missing !== undefined, missing)
  const strict = await SshServer.start(['AllowTcpForwarding no'])
  try {
    const refused = await runMayfly(person.home, [...serveWords(strict), '--', 'true'])
    expect(refused.status).toBe(255)
    expect(refused.stderr).toContain('AllowTcpForwarding')
  } finally {
    strict.stop()
  }
  const gone = await runMayfly(person.home, [...serveWords(strict), '--', 'true'])
  expect(gone.status).toBe(255)
  expect(gone.stderr).toContain('The connection to the other host ended.')
  expect((await runMayfly(person.home, ['serve', 'dev', '--ssh', '-oProxyCommand=id'])).status).toBe(252)
  await expectNothingLeft()
})

test('a shell in a real terminal: keys go there, Ctrl-C too, and the end of it ends everything', async (context) => {
  context.skip(missing !== undefined || !hasTmux, missing ?? 'there is no tmux')
  // The shell around it tells the exit code: tmux does not always learn it.
  const around = ['sh', '-c', '"$@"; echo "ended with $?"; cat', 'sh']
  const tmux = await Tmux.start([...around, process.execPath, MAYFLY, ...serveWords()], { env: person.home.env() })
  try {
    await tmux.until(/[#$] $|[#$]$/)
    await tmux.type('echo "url=$AWS_CONTAINER_CREDENTIALS_FULL_URI"\n')
    await tmux.until(/^url=http:\/\/127\.0\.0\.1:\d+\/credentials\/dev$/m)
    // Ctrl-C must end what runs there, and neither the shell there nor ssh here.
    await tmux.type('echo wai""ting; cat\n')
    await tmux.until(/^waiting/m)
    await tmux.type('heard\n')
    await tmux.until(/heard\nheard/)
    await tmux.keys('C-c')
    await tmux.until(/\^C/)
    await tmux.type('tty; exit 5\n')
    await tmux.until('/dev/pts/')
    await tmux.until('ended with 5')
  } finally {
    await tmux.stop()
  }
  await expectNothingLeft()
})
