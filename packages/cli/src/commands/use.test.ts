import { expect, test } from 'vitest'
import { run } from '../main.ts'
import { createTestMachine, type TestMachineOptions } from '../testing/test-machine.ts'
import { createTestPerson } from '../testing/test-person.ts'

const CONFIG =
  "[profile dev]\n[profile prod-admin]\nsso_account_id = 222222222222\nsso_role_name = Admin\n[profile it's]\n"

/** Types a line; with `answers` a person is at the terminal. */
async function type(line: string, options: TestMachineOptions & { answers?: readonly (string | number)[] } = {}) {
  const machine = createTestMachine({
    ...options,
    files: { '~/.aws/config': CONFIG, ...options.files },
    env: { SHELL: '/bin/bash', ...options.env },
  })
  if (!options.answers) {
    const code = await run(line.split(' '), machine)
    return { code, machine, stdout: machine.stdout(), stderr: machine.stderr() }
  }
  const person = createTestPerson(options.answers)
  let stdout = ''
  const write = (text: string): void => {
    stdout += text
  }
  const code = await run(line.split(' '), { ...machine, terminal: { ...person.terminal, shown: false, write } })
  return { code, machine, stdout, stderr: person.shown(), asked: person.asked }
}

test('the lines are for eval in the shell that asks, and set AWS_PROFILE alone', async () => {
  const lines = async (shell: string) => (await type(`use dev --shell ${shell}`)).stdout
  const previous = { bash: 'export MAYFLY_PREVIOUS_PROFILE=;', fish: 'set -gx MAYFLY_PREVIOUS_PROFILE "";' }
  expect(await lines('bash')).toBe(`export AWS_PROFILE=dev;\n${previous.bash}\n# mayfly use\n`)
  expect(await lines('zsh')).toBe(`export AWS_PROFILE=dev;\n${previous.bash}\n# mayfly use\n`)
  expect(await lines('fish')).toBe(`set -gx AWS_PROFILE "dev";\n${previous.fish}\n# mayfly use\n`)
  expect(await lines('powershell')).toContain('$Env:AWS_PROFILE="dev";')
})

test("lines for another shell than the hook's are not marked for it to run", async () => {
  const lines = async (shell: string) =>
    (await type(`use dev --shell ${shell}`, { env: { MAYFLY_HOOK: 'bash' } })).stdout
  expect(await lines('bash')).toMatch(/# mayfly use\n$/)
  expect(await lines('fish')).toBe('set -gx AWS_PROFILE "dev";\nset -gx MAYFLY_PREVIOUS_PROFILE "";\n')
})

test('a name with a quote in it stays one word', async () => {
  expect((await type("use it's")).stdout).toBe('')
  const machine = { files: { '~/.aws/config': '[profile "it\'s"]\n' } }
  expect((await type("use it's", machine)).stdout).toContain(`export AWS_PROFILE='it'\\''s';`)
})

test('a dash goes back to the profile before, and --clear to none', async () => {
  const env = { AWS_PROFILE: 'dev', MAYFLY_PREVIOUS_PROFILE: 'prod-admin' }
  expect((await type('use -', { env })).stdout).toBe(
    'export AWS_PROFILE=prod-admin;\nexport MAYFLY_PREVIOUS_PROFILE=dev;\n# mayfly use\n',
  )
  expect((await type('use --clear', { env })).stdout).toBe(
    'export MAYFLY_PREVIOUS_PROFILE=dev;\nunset AWS_PROFILE;\n# mayfly use\n',
  )
  expect((await type('use dev', { env })).stdout).toContain('MAYFLY_PREVIOUS_PROFILE=prod-admin')
  expect((await type('use -')).stderr).toContain('There was no other profile in this shell.')
})

test('an unknown name is refused with the nearest ones, and nothing is printed to run', async () => {
  const { code, stdout, stderr } = await type('use prdo-admin')
  expect([code, stdout]).toEqual([255, ''])
  expect(stderr).toContain('The config profile (prdo-admin) could not be found')
  expect(stderr).toContain('Did you mean: prod-admin?')
})

test('without a name a person chooses; without a terminal the name is asked for', async () => {
  const chosen = await type('use', { answers: ['prod'] })
  expect(chosen.stdout).toContain('AWS_PROFILE=prod-admin')
  expect(chosen.machine.text('~/.mayfly/frecency.json')).toContain('prod-admin')
  expect(await type('use')).toMatchObject({ code: 252, stdout: '' })
})

test('a tag makes it ask: no is 130, --yes does not ask, and where nobody can be asked it is refused', async () => {
  const files = { '~/.mayfly/tags.ini': '[profile prod-*]\ntags = production\nconfirm = yes\n' }
  const asked = await type('use prod-admin', { files, answers: ['no'] })
  expect(asked).toMatchObject({ code: 130, stdout: '\n' })
  expect(asked.asked).toEqual(['Use prod-admin (production) in this shell?'])
  expect((await type('use prod-admin', { files, answers: ['y'] })).stdout).toContain('AWS_PROFILE=prod-admin')
  expect((await type('use prod-admin --yes', { files })).code).toBe(0)
  const alone = await type('use prod-admin', { files })
  expect([alone.code, alone.stdout]).toEqual([255, ''])
  expect(alone.stderr).toContain('Add --yes.')
})

test('in the hook the shell also learns the colour, which is not exported', async () => {
  const { stdout } = await type('use prod-admin', { env: { MAYFLY_HOOK: 'zsh' } })
  expect(stdout).toContain("\nmayfly_colour='31:prod-admin';\n")
  expect((await type('use dev', { env: { MAYFLY_HOOK: 'zsh' } })).stdout).toContain("\nmayfly_colour='';\n")
})

test('keys and names in the environment that go before AWS_PROFILE are told', async () => {
  const { stderr } = await type('use dev', { env: { AWS_ACCESS_KEY_ID: 'AKIA', AWS_DEFAULT_PROFILE: 'x' } })
  expect(stderr).toContain('AWS_ACCESS_KEY_ID is set here')
  expect(stderr).toContain('AWS_DEFAULT_PROFILE is set here')
})

test('for another shell there is JSON', async () => {
  expect(JSON.parse((await type('use dev --json')).stdout)).toEqual({
    set: { AWS_PROFILE: 'dev', MAYFLY_PREVIOUS_PROFILE: '' },
    unset: [],
  })
})

test('mayfly tag keeps what was not said, lists what there is, and takes it away', async () => {
  const files = { '~/.mayfly/tags.ini': '# mine\n[profile prod-*]\ntags = production\n' }
  const { machine, stdout } = await type('tag prod-* --colour red --confirm', { files })
  expect(machine.text('~/.mayfly/tags.ini')).toBe(
    '# mine\n[profile prod-*]\ntags = production\ncolour = red\nconfirm = yes\n',
  )
  expect(stdout).toBe('prod-*  production (red) (asks)\n')
  const removed = await type('tag prod-* --remove', { files })
  expect(removed.machine.text('~/.mayfly/tags.ini')).toBe('# mine\n')
  expect((await type('tag dev a,b')).code).toBe(255)
  expect((await type('tag dev')).code).toBe(252)
  expect((await type('tag dev --colour pink')).code).toBe(252)
})

test('a command that needs a profile asks for one where none is named and none is the default', async () => {
  const asked = await type('whoami', { answers: ['prod'] })
  expect(asked.asked).toEqual(['Which profile?'])
  for (const env of [{ AWS_PROFILE: 'dev' }, { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'B' }])
    expect((await type('whoami', { answers: [], env })).asked).toEqual([])
  const withDefault = { '~/.aws/config': '[default]\nregion = x\n' }
  expect((await type('whoami', { answers: [], files: withDefault })).asked).toEqual([])
  expect((await type('whoami --profile pord', { answers: ['prod'] })).asked).toEqual([
    'There is no profile pord. Which one?',
  ])
})

test('credentials are asked for by programs: nobody is, unless standard output is a terminal too', async () => {
  for (const line of ['credentials', 'configure export-credentials --profile nope']) {
    expect((await type(line, { answers: ['prod'] })).asked).toEqual([])
  }
})
