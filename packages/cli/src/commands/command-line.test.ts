/** The command line itself: help, suggestions, values. */

import { expect, test } from 'vitest'
import { commands } from '../commands.ts'
import { run } from '../main.ts'
import { createTestMachine } from '../testing/test-machine.ts'
import { parseCommandLine, splitCommandWords } from './arguments.ts'

async function type(line: string) {
  const machine = createTestMachine({ files: { '~/.aws/config': '[profile p]\nregion = us-east-1\n' } })
  const code = await run(line.split(' ').slice(1), machine)
  return { code, stdout: machine.stdout(), stderr: machine.stderr() }
}

const lastLine = (text: string): string | undefined => text.trimEnd().split('\n').at(-1)

test('each example is a line that its command takes', async () => {
  for (const { load } of commands) {
    const command = await load()
    const { example, words } = command
    const [program, ...typed] = example.split(' ')
    expect(program).toBe('mayfly')
    const isBeginning = (asked: string): boolean => `${words} `.startsWith(`${asked} `)
    const split = splitCommandWords(typed, isBeginning)
    expect(split.words).toBe(words)
    expect(() => parseCommandLine(split.rest, command, words)).not.toThrow()
  }
})

test.each(['mayfly sso login --help', 'mayfly sso login -h', 'mayfly sso login help', 'mayfly help sso login'])(
  '%s shows the help',
  async (line) => {
    const { code, stdout } = await type(line)
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Usage: mayfly sso login /)
  },
)

test.each(['mayfly sso help', 'mayfly sso --help', 'mayfly help sso'])('%s lists the commands', async (line) => {
  expect(await type(line)).toMatchObject({ code: 0, stdout: expect.stringContaining('sso logout') })
})

test.each([
  ['mayfly sso lgin', 'Did you mean: mayfly sso login'],
  ['mayfly whomai', 'Did you mean: mayfly whoami'],
  ['mayfly sso login --no-brwoser', 'Did you mean: mayfly sso login --no-browser'],
  ['mayfly whoami --profil=x', 'Did you mean: mayfly whoami --profile'],
  ['mayfly whoami --something-else', 'See: mayfly whoami --help'],
  ['mayfly frobnicate', 'See which there are: mayfly --help'],
])('%s: %s', async (line, hint) => {
  const { code, stderr } = await type(line)
  expect(code).toBe(252)
  expect(lastLine(stderr)).toBe(hint)
})

test.each(['abc', '-1', '1e3'])('a timeout of %s is no number of seconds', async (value) => {
  const { code, stderr } = await type(`mayfly profiles --cli-read-timeout=${value}`)
  expect(code).toBe(252)
  expect(stderr).toContain(`argument --cli-read-timeout: '${value}' is not a number`)
  expect((await type('mayfly profiles --cli-read-timeout 0.5')).code).toBe(0)
})

test('words from elsewhere cannot move the cursor', async () => {
  const machine = createTestMachine()
  expect(await run(['whoami', '--profile', 'a\u001b[2Jb'], machine)).toBe(255)
  expect(machine.stderr()).toContain('The config profile (a[2Jb) could not be found')
})

test('what --json prints has the members that its help names', async () => {
  const config =
    '[sso-session s]\nsso_start_url = https://d-1.awsapps.com/start\nsso_region = us-east-1\n' +
    '[profile p]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n[profile k]\naws_access_key_id = A\n' +
    'aws_secret_access_key = S\nregion = us-east-1\n'
  const xml =
    '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>a</Arn><UserId>u</UserId><Account>1</Account>' +
    '</GetCallerIdentityResult></GetCallerIdentityResponse>'
  for (const line of ['status --json', 'whoami --json --profile k', 'configure list --json --profile k']) {
    const machine = createTestMachine({
      files: { '~/.aws/config': config },
      answer: () => ({ status: 200, headers: { 'content-type': 'text/xml' }, body: xml }),
    })
    expect(await run(line.split(' '), machine)).toBe(0)
    const entry = commands.find(({ words }) => line.startsWith(words))
    const shape = (await entry?.load())?.options.find(({ name }) => name === '--json')?.summary ?? ''
    const named = [...shape.replace(/;.*$/, '').matchAll(/(\w+)(?=[,:]| \})/g)].map(([, name]) => name)
    const printed = new Set<string>()
    JSON.stringify(JSON.parse(machine.stdout()), (name, value) => {
      if (name !== '' && !/^\d+$/.test(name)) printed.add(name)
      return value
    })
    expect(new Set(named.filter((name) => name !== 'JSON'))).toEqual(printed)
  }
})
