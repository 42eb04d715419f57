/** The example in each command's help, typed as it stands into a shell: it works, for every command there is. */

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { commands } from '../../packages/cli/src/commands.ts'
import { bob, DEVELOPMENT } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY } from '../harness/mayfly.ts'
import { root } from '../harness/root.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'
import { missingSecretService, SecretService } from '../harness/secret-service.ts'
import { ServerProcess } from '../harness/server-process.ts'
import { hasTerminal, runInTerminal } from '../harness/terminal-run.ts'
import { type Preparation, preparations } from './preparations.ts'

let folder: string
let server: ServerProcess
let service: SecretService | undefined
let home: Home
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mayfly-examples-'))
  const organization = join(folder, 'acme.yaml')
  const alias = '    - https://mayfly-example.awsapps.com/start'
  const text = readFileSync(join(root, 'examples/acme.yaml'), 'utf8')
  writeFileSync(organization, text.replace(alias, `${alias}\n    - https://acme.awsapps.com/start`))
  server = await ServerProcess.start({ env: { MAYFLY_EXAMPLE: organization } })
  service = missingSecretService === undefined ? await SecretService.start() : undefined
})
afterAll(async () => {
  service?.stop()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  home = new Home()
})
afterEach(() => home.remove())

const own = commands.filter(({ shortFor }) => shortFor === undefined)

test('every command has its preparation, and no preparation is for a command that is not there', () => {
  expect(Object.keys(preparations).sort()).toEqual(own.map(({ words }) => words).sort())
})

/** Programs by the names under which examples call them: ours, and one in place of the AWS CLI that asks nobody. */
function installPrograms(): string {
  const folder = join(home.path, 'bin')
  home.write('bin/mayfly', `#!/bin/sh\nexec '${process.execPath}' '${MAYFLY}' "$@"\n`)
  home.write('bin/aws', '#!/bin/sh\necho "aws $* as $AWS_ACCESS_KEY_ID"\n')
  for (const name of ['mayfly', 'aws']) chmodSync(join(folder, name), 0o755)
  return folder
}

function environmentOf({ withAgent, env }: Preparation): Record<string, string> {
  const whole = home.env({
    ...home.browser(bob),
    ...service?.env,
    ...(withAgent && { MAYFLY_AGENT: 'allow' }),
    ...env?.(server.origin),
  })
  return { ...whole, PATH: `${installPrograms()}:${whole['PATH']}` }
}

const type = (line: string, env: Record<string, string>): Promise<ProgramRun> =>
  runProgram('/bin/sh', ['-c', line], { env, cwd: home.path, timeout: 40_000 })

async function mustWork(line: string, env: Record<string, string>): Promise<void> {
  const run = await type(line, env)
  expect(run.status, `${line}: ${run.stdout}${run.stderr}`).toBe(0)
}

async function furnish(state: Preparation['home'], env: Record<string, string>): Promise<void> {
  if (state === 'empty') return
  home.write(
    '.aws/config',
    `[default]\nsso_session = my-sso\nsso_account_id = ${DEVELOPMENT}\nsso_role_name = ReadOnlyAccess\nregion = us-east-1\n` +
      `[sso-session my-sso]\nsso_start_url = ${server.startUrl}\nsso_region = us-east-1\nsso_registration_scopes = sso:account:access\n`,
  )
  if (state === 'configured') return
  await mustWork('mayfly sso login --sso-session my-sso', env)
  if (state === 'sealed') await mustWork('mayfly storage sealed', env)
}

for (const { words, load } of own) {
  const preparation = preparations[words]
  if (!preparation) continue
  const needsKeychain = preparation.home === 'sealed' || words === 'storage sealed'
  const cannot = needsKeychain ? missingSecretService : preparation.answers && !hasTerminal ? 'no terminal' : undefined
  test.skipIf(cannot !== undefined)(
    `the example of mayfly ${words} works as it stands`,
    async () => {
      const env = environmentOf(preparation)
      const { example } = await load()
      const { before = [], afterwards = [], answers, shows, exitCode = 0 } = preparation
      try {
        await furnish(preparation.home, env)
        for (const line of before) await mustWork(line, env)
        if (answers) {
          const { status, shown } = await runInTerminal(['/bin/sh', '-c', example], {
            env,
            cwd: home.path,
            steps: answers(server.startUrl),
            timeout: 40,
          })
          expect(status, shown).toBe(exitCode)
          expect(shown).toMatch(shows)
        } else {
          const { status, stdout, stderr } = await type(example, env)
          expect(status, stdout + stderr).toBe(exitCode)
          expect(stdout).toMatch(shows)
        }
      } finally {
        for (const line of afterwards) await type(line, env)
      }
    },
    90_000,
  )
}
