/** The agent of this computer's user: found, asked, and started in the background. */

import { closeSync, lstatSync, mkdirSync, openSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { agentFolders, type DoorPlace, findAgentDoor, startMark } from '../hot/agent-door.ts'
import type { AgentSocket } from './agent-socket.ts'
import { findOwnScript } from './own-program.ts'
import { SMALL_ENVIRONMENT, smallFlags } from './small-process.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The agent of this computer's user. */
export function createAgentSocket(place: DoorPlace, env: Environment): AgentSocket {
  return {
    async ask(words) {
      const door = findAgentDoor(place)
      return door && (await import('../hot/agent-call.ts')).callAgent(door, words)
    },
    folders: () => agentFolders(place).filter((folder) => isOurs(folder, place)),
    start: () => startInBackground(place, env),
    listen: async (handler, version) => (await import('./agent-listener.ts')).listenAsAgent(place, handler, version),
  }
}

/** Below /tmp another user may have been there first; what is theirs is theirs. */
function isOurs(folder: string, { userId }: DoorPlace): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found !== undefined && (userId === undefined || found.uid === userId)
}

/** Milliseconds for which a start that was begun keeps others from starting a second. */
const STARTING = 5_000

async function startInBackground(place: DoorPlace, env: Environment): Promise<void> {
  const program = findOwnScript(process.argv[1])
  if (program === undefined || !claimStart(place)) return
  const { startDetached } = await import('./detached-process.ts')
  startDetached(process.execPath, [...smallFlags(process.versions.node), program, 'agent', 'run'], {
    ...agentEnvironment(env),
    ...SMALL_ENVIRONMENT,
  })
}

/**
 * True for one process of all that find no agent at once: two hundred must not each start one. A mark of the future, after
 * a clock was set back, is as old as one of long ago.
 */
export function claimStart(place: DoorPlace): boolean {
  const mark = startMark(place)
  try {
    mkdirSync(dirname(mark), { recursive: true, mode: 0o700 })
    const begun = statSync(mark, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (Math.abs(Date.now() - begun) > STARTING) rmSync(mark, { force: true })
    closeSync(openSync(mark, 'wx', 0o600))
    return true
  } catch {
    return false
  }
}

/** What stays behind when a terminal's environment becomes the agent's: keys, and what only that terminal meant. */
const NOT_THE_AGENTS =
  /^(AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN|AWS_SECURITY_TOKEN|AWS_CREDENTIAL_EXPIRATION|AWS_PROFILE|AWS_DEFAULT_PROFILE|AWS_REGION|AWS_DEFAULT_REGION|AWS_CONTAINER_.*|AWS_WEB_IDENTITY_TOKEN_FILE|AWS_ROLE_ARN|_AWS_CLI_PROFILE_CHAIN|MAYFLY_(?!TEST_).*|NODE_.*)$/i

/** The environment of an agent that is started from this one. It asks no other agent. */
export function agentEnvironment(env: Environment): Environment {
  const kept = Object.entries(env).filter(([name]) => !NOT_THE_AGENTS.test(name) || /^NODE_EXTRA_CA_CERTS$/i.test(name))
  return { ...Object.fromEntries(kept), MAYFLY_AGENT: 'never' }
}
