/** The reference page of exit codes, errors and causes says what the program does: each code is produced for real. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { CAUSES } from '../../packages/cli/src/diagnosis/causes.ts'
import { sha1 } from '../../packages/cli/src/hot/sha1.ts'
import { EXIT } from '../../packages/cli/src/problems/exit-codes.ts'
import { DEVELOPMENT } from '../harness/example.ts'
import { MAYFLY } from '../harness/mayfly.ts'
import { root } from '../harness/root.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { hasTerminal, runInTerminal } from '../harness/terminal-run.ts'
import { Patient } from './patient.ts'

const page = readFileSync(join(root, 'docs/reference/exit-codes.md'), 'utf8')

/** The rows of the table below a heading, cell by cell. */
function rowsBelow(heading: string): string[][] {
  const section = page.slice(page.indexOf(`## ${heading}`)).split('\n## ')[0] ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| '))
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

test('every cause is on the page, in the words of the program, and no other', () => {
  const rows = rowsBelow('What `mayfly why` can name').map(([name, meaning]) => [name?.replaceAll('`', ''), meaning])
  expect(rows).toEqual(Object.entries(CAUSES))
})

describe('each exit code', () => {
  let server: ServerProcess
  let patient: Patient
  beforeAll(async () => {
    server = await ServerProcess.start()
  })
  afterAll(() => server?.stop())
  beforeEach(async () => {
    patient = new Patient(server.startUrl, [{ name: 'refused', accountId: DEVELOPMENT, roleName: 'NoSuchRole' }])
    await patient.signIn()
  })
  afterEach(() => patient.remove())

  const rows = rowsBelow('Exit codes').map(([code = '', , example = '']) => ({ code: Number(code), example }))

  test('the page knows every code of the program', () => {
    expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining(Object.values(EXIT)))
  })

  test.each(rows.filter(({ code }) => code !== EXIT.interrupted))('$code: $example', async ({ code, example }) => {
    const words = /^`mayfly (.*)`$/.exec(example)?.[1]?.split(' ') ?? []
    expect(words).not.toEqual([])
    const run = await patient.run(words)
    expect(run.status, run.stdout + run.stderr).toBe(code)
  })

  test.skipIf(!hasTerminal)('130: Ctrl-C at a question', async () => {
    const command = [process.execPath, MAYFLY, 'configure', 'sso-session']
    const { status, shown } = await runInTerminal(command, {
      env: patient.home.env(),
      steps: [['SSO session name', '\u0003']],
      timeout: 30,
    })
    expect(status, shown).toBe(130)
  })

  const refused = ['whoami', '--profile', 'refused']
  test.each([
    ['--json', [...refused, '--json'], {}],
    ['--cli-error-format json', [...refused, '--cli-error-format', 'json'], {}],
    ['AWS_CLI_ERROR_FORMAT', refused, { AWS_CLI_ERROR_FORMAT: 'json' }],
  ])('an error is one line of JSON with %s', async (_, words, env) => {
    const { status, stdout, stderr } = await patient.run(words, { env })
    expect([status, stdout]).toEqual([254, ''])
    expect(stderr).toMatch(/^\{.*\}\n$/)
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: 'ForbiddenException',
        message: expect.stringContaining('GetRoleCredentials operation: No access'),
        hint: expect.stringContaining('mayfly why refused'),
        exitCode: 254,
      },
    })
  })

  test('the nearest role is named beside the refusal, once the accounts were listed', async () => {
    const index = {
      version: 1,
      sessionName: 'acme',
      startUrl: server.startUrl,
      region: 'us-east-1',
      takenAt: new Date().toISOString(),
      accounts: [
        { accountId: DEVELOPMENT, accountName: 'Acme Development', roles: ['PowerUserAccess', 'NoSuchRoles'] },
      ],
    }
    patient.home.write(`.mayfly/access/${sha1('acme')}.json`, JSON.stringify(index))
    const { stderr } = await patient.run(refused)
    expect(stderr).toContain(`Nearest: NoSuchRoles in Acme Development (${DEVELOPMENT})\n`)
    const offline = await patient.ask(['refused', '--offline'])
    expect(offline.nearest).toMatchObject({ roleName: 'NoSuchRoles' })
  })

  test('--debug shows where, and holds no secret', async () => {
    const { stderr } = await patient.run([...refused, '--debug'])
    expect(stderr).toContain('    at ')
    const secrets = patient.secrets()
    expect(secrets.length).toBeGreaterThan(1)
    for (const secret of secrets) expect(stderr).not.toContain(secret)
  })
})
