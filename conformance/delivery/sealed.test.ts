/** exec, env and console in `sealed` mode: profiles name a program of ours, and no secret lies on the disk. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { missingSecretService, SecretService } from '../harness/secret-service.ts'
import { ServerProcess } from '../harness/server-process.ts'

describe.skipIf(missingSecretService !== undefined)('in sealed mode', () => {
  let server: ServerProcess
  let service: SecretService
  let home: Home

  beforeAll(async () => {
    server = await ServerProcess.start()
    service = await SecretService.start()
  })
  afterAll(async () => {
    service?.stop()
    await server?.stop()
  })
  beforeEach(async () => {
    home = new Home()
    home.writeConfig(server.startUrl, [
      { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
      { name: 'prod', accountId: PRODUCTION, roleName: 'ReadOnlyAccess' },
    ])
    expect(await run('storage', 'sealed')).toMatchObject({ status: 0 })
    expect(home.read('.aws/config')).not.toContain('sso_account_id')
  })
  afterEach(() => home.remove())

  const run = (...words: readonly string[]) => runMayfly(home, words, { env: service.env })

  /** Nothing of these texts in any file of the home. */
  function expectSealed(secrets: readonly string[]): void {
    for (const name of home.files()) {
      const text = readFileSync(join(home.path, name), 'latin1')
      for (const secret of secrets) expect(text.includes(secret), `${name} holds a secret`).toBe(false)
    }
  }

  const SHOW = 'echo "$AWS_ACCESS_KEY_ID $AWS_SECRET_ACCESS_KEY $AWS_SESSION_TOKEN $AWS_REGION"'

  test('a program gets the keys of the profile, with one sign-in, and they are written nowhere', async () => {
    const { status, stdout, stderr } = await run('exec', 'dev', '--', 'sh', '-c', SHOW)
    expect(status, stderr).toBe(0)
    const [id = '', secret = '', token = '', region] = stdout.trim().split(' ')
    expect(id).toMatch(/^ASIA/)
    expect(region).toBe('us-east-1')
    expect(home.opened()).toHaveLength(1)
    expectSealed([secret, token])
    expect((await run('env', 'dev', '--shell', 'bash')).stdout).toContain(secret)
    const endpoint = await run(
      'exec',
      '--endpoint',
      'dev',
      '--',
      'sh',
      '-c',
      'echo "$AWS_CONTAINER_CREDENTIALS_FULL_URI"',
    )
    expect(endpoint.stdout, endpoint.stderr).toMatch(/^http:\/\/127\.0\.0\.1:/)
    expect(home.opened()).toHaveLength(1)
  })

  test('several accounts are matched by account and role', async () => {
    const { status, stdout, stderr } = await run(
      'exec',
      '--match',
      '*/ReadOnlyAccess',
      '--json',
      '--',
      'sh',
      '-c',
      SHOW,
    )
    expect(status, stderr).toBe(0)
    const runs = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(runs.map(({ accountId }) => accountId).toSorted()).toEqual([DEVELOPMENT, PRODUCTION])
    expectSealed(runs.flatMap(({ stdout: printed }) => printed.trim().split(' ').slice(1, 3)))
  })

  test('the console is opened for the role', async () => {
    expect((await run('console', 'dev', 's3', '--print')).stdout).toContain(
      `/start/#/console?account_id=${DEVELOPMENT}&role_name=ReadOnlyAccess&destination=`,
    )
    expect((await run('console', 'dev', '--federate', '--print')).stdout).toContain('SigninToken=')
  })
})
