/**
 * Credentials of a sealed profile without the whole program: from the agent, else out of the sealed cache. What takes time
 * to load is loaded when it is needed.
 */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { findAgentDoor } from '../hot/agent-door.ts'
import { sha1 } from '../hot/sha1.ts'
import { formatWarm, print } from '../hot/warm-text.ts'
import type { Keyring } from '../machine/keychain.ts'
import { parseStorage } from '../sealed/storage-mode.ts'

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: 'linux' | 'darwin' | 'win32'
  /** The processor: `x64`. */
  readonly cpu: string
  readonly userId: number | undefined
  /** Milliseconds since 1970. */
  readonly now: number
}

interface Role {
  readonly sessionName: string
  readonly accountId: string
  readonly roleName: string
}

/** Prints credentials and resolves to true; or prints nothing, and the whole program must run. */
export async function printSealedCredentials(typed: readonly string[], surroundings: Surroundings): Promise<boolean> {
  const role = readWords(typed)
  const home = findHome(surroundings)
  if (!role || home === undefined) return false
  const answered = await askAgent(home, role, surroundings)
  const text = answered ?? (await openCached(home, role, surroundings).catch(() => undefined))
  if (text === undefined) return false
  print(text)
  if (answered === undefined) await startAgent(home, surroundings).catch(() => undefined)
  return true
}

/** So that the next one need not do this again. */
async function startAgent(home: string, { env, platform, userId }: Surroundings): Promise<void> {
  if (env['MAYFLY_AGENT'] === 'never') return
  const { createAgentSocket } = await import('../machine/system-agent.ts')
  const agent = createAgentSocket({ home, platform, userId }, env)
  // One that runs and has no answer for this role is left alone.
  if ((await agent.ask(['hello'])) === undefined) await agent.start()
}

const NAMES: Readonly<Record<string, keyof Role>> = {
  '--sso-session': 'sessionName',
  '--account-id': 'accountId',
  '--role-name': 'roleName',
}

/** Each of the three options once and nothing else, as sealed profiles have them. Names beyond ASCII are left alone. */
function readWords([command, ...words]: readonly string[]): Role | undefined {
  const role: Partial<Record<keyof Role, string>> = {}
  if (command !== 'credentials' || words.length !== 6) return undefined
  for (let index = 0; index < words.length; index += 2) {
    const [member, value] = [NAMES[words[index] ?? ''], words[index + 1]]
    if (member === undefined || member in role || !value || !/^[ -~]+$/.test(value)) return undefined
    role[member] = value
  }
  const { sessionName, accountId, roleName } = role
  return sessionName && accountId && roleName ? { sessionName, accountId, roleName } : undefined
}

function findHome({ env, platform }: Surroundings): string | undefined {
  const home = env[platform === 'win32' ? 'USERPROFILE' : 'HOME']
  return home ? home.replace(platform === 'win32' ? /[\\/]+$/ : /\/+$/, '') || '/' : undefined
}

async function askAgent(home: string, role: Role, surroundings: Surroundings): Promise<string | undefined> {
  const { env, platform, userId } = surroundings
  // `asked`: the native helper has done so already.
  if (env['MAYFLY_AGENT'] === 'never' || env['MAYFLY_AGENT'] === 'asked') return undefined
  const door = findAgentDoor({ home, platform, userId })
  if (!door) return undefined
  const [{ callAgent }, { formatSurroundings }] = await Promise.all([
    import('../hot/agent-call.ts'),
    import('../hot/deciding-variables.ts'),
  ])
  const { sessionName, accountId, roleName } = role
  const words = ['credentials', sessionName, accountId, roleName, formatSurroundings(env)]
  const answer = await callAgent(door, words)
  return answer?.answer === 'ok' ? answer.text : undefined
}

/** The record and the key for it. Behind a passphrase only the whole program can ask for that. */
async function openCached(home: string, role: Role, { platform, cpu, now }: Surroundings): Promise<string | undefined> {
  const separator = platform === 'win32' ? '\\' : '/'
  const own = [home === '/' ? '' : home, '.mayfly'].join(separator)
  const storage = parseStorage(readFileSync([own, 'storage.json'].join(separator), 'utf8'))
  if (storage?.mode !== 'sealed' || storage.key.keptIn !== 'keychain') return undefined
  const { accountId, roleName, sessionName } = role
  const name = `${sha1(JSON.stringify({ accountId, roleName, sessionName }))}.json`
  const record = readFileSync([own, 'sealed', 'cli', `${name}.sealed`].join(separator))
  const [{ createKeychain }, { openRecord }, { keychainAccount }] = await Promise.all([
    import('../machine/keychain.ts'),
    import('../sealed/record.ts'),
    import('../sealed/keychain-account.ts'),
  ])
  const key = await createKeychain(platform, undefined, () => loadBindings(`${platform}-${cpu}`)).get(
    keychainAccount({ home }, storage.key.id),
  )
  return key && formatWarm(openRecord(key, `cli/${name}`, record), 'process', now)
}

/** What the bindings' package takes five milliseconds to find out, on the systems of most people. */
const BINDINGS: Readonly<Record<string, string | undefined>> = {
  'linux-x64': 'linux-x64-gnu',
  'linux-arm64': 'linux-arm64-gnu',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'win32-x64-msvc',
}

async function loadBindings(system: string): Promise<Keyring> {
  try {
    return createRequire(import.meta.url)(`@napi-rs/keyring-${BINDINGS[system]}`)
  } catch {
    return import('@napi-rs/keyring')
  }
}
