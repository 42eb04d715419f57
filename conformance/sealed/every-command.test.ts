/** No command prints, passes on or leaves behind a secret that it was not asked for, also where something fails. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { commands } from '../../packages/cli/src/commands.ts'
import { missingSecretService } from '../harness/secret-service.ts'
import { SealedHome } from './sealed-home.ts'

/** What is typed for each; the exit codes are the commands' own tests' business. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  'configure sso': ['configure sso'],
  'configure sso-session': ['configure sso-session'],
  'configure list': ['configure list --profile dev', 'configure list --debug'],
  'configure list-profiles': ['configure list-profiles'],
  setup: ['setup --yes', 'setup --yes --json'],
  'sso login': ['sso login --sso-session acme', 'sso login --sso-session acme --use-device-code'],
  'sso logout': ['sso logout'],
  login: ['login --profile dev', 'login --fresh --debug'],
  logout: ['logout', 'logout --json'],
  profiles: ['profiles'],
  use: ['use dev'],
  tag: ['tag dev team=a'],
  prompt: ['prompt --profile dev', 'prompt'],
  hook: ['hook bash'],
  'hook install': ['hook install --shell bash'],
  'hook remove': ['hook remove'],
  completion: ['completion bash'],
  complete: ['complete bash 2 mayfly exec'],
  storage: ['storage', 'storage --json'],
  'storage sealed': ['storage sealed', 'storage sealed --json'],
  'storage check': ['storage check', 'storage check --json'],
  'storage unlock': ['storage unlock'],
  'storage lock': ['storage lock'],
  status: ['status', 'status --json'],
  console: ['console dev --print', 'console dev ec2 --json', 'console --portal --print'],
  whoami: ['whoami --profile dev', 'whoami --profile prod --json'],
  'keys audit': ['keys audit --org --role-name ReadOnlyAccess', 'keys audit --org --fresh --json --debug'],
  'keys check': ['keys check', 'keys check --no-signing --json'],
  why: ['why dev', 'why prod --json', 'why nope'],
  // The folder of the test is a repository of somebody's.
  'keys guard': ['keys guard --json --repository /nowhere'],
  'keys guard install': ['keys guard install --ci gitlab', 'keys guard install --debug --repository /nowhere'],
  'keys guard remove': ['keys guard remove --repository /nowhere'],
  'keys find': ['keys find', 'keys find --json'],
  'keys retire': ['keys retire --due', 'keys retire default --yes --debug'],
  'keys undo': ['keys undo default --yes'],
  'keys status': ['keys status', 'keys status --ask --json'],
  'keys plan': ['keys plan', 'keys plan --offline --json'],
  'agent status': ['agent status', 'agent status --json'],
  'agent start': ['agent start'],
  'agent stop': ['agent stop'],
}

/** These are asked for credentials, run until they are stopped, or end sealed mode: other tests watch them. */
const ELSEWHERE: readonly string[] = [
  'configure export-credentials',
  'credentials',
  'env',
  'exec',
  'serve',
  'agent run',
  'storage shared',
  'uninstall',
]

let place: SealedHome

beforeEach(async (context) => {
  context.skip(missingSecretService !== undefined, missingSecretService)
  place = await SealedHome.open({ keychain: true })
})
afterEach(() => place?.close())

test('every command is in one of the two lists', () => {
  const named = [...Object.keys(TYPED), ...ELSEWHERE].sort()
  expect(named).toEqual(commands.map(({ words }) => words).sort())
})

test('one after the other, signed in, none leaves a secret anywhere', async () => {
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  const isLast = (words: string): boolean => /log(in|out)|agent/.test(words)
  const typed = Object.values(TYPED).flat()
  for (const words of [...typed.filter((each) => !isLast(each)), ...typed.filter(isLast)]) {
    await place.mayfly(words, { env: { MAYFLY_AGENT: /agent/.test(words) ? 'allow' : 'never' }, timeout: 30_000 })
    expect([words, place.search()]).toEqual([words, []])
  }
}, 180_000)

test('when the server answers nonsense or nothing, errors hold no secret either', async () => {
  await place.mayfly('login --profile dev')
  await place.mayfly('storage sealed')
  const { proxy } = place.hunt
  proxy.before = () => {
    throw new Error('cut')
  }
  for (const words of ['whoami --profile dev --debug', 'setup --yes --debug', 'why dev', 'logout --debug'])
    expect([words, (await place.mayfly(words, { timeout: 60_000 })).status]).not.toEqual([words, 0])
  expect(place.search()).toEqual([])
}, 180_000)
