/** The hot path of a sealed home: through the agent, on the native helper and on Node, and without an agent. */

import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { AgentHome, OTHER_ROLE, ROLE } from '../conformance/agent/agent-home.ts'
import { AWS_CLI, hasAwsCli } from '../conformance/harness/aws-cli.ts'
import { MAYFLY, runMayfly } from '../conformance/harness/mayfly.ts'
import { missingSecretService, SecretService } from '../conformance/harness/secret-service.ts'
import { ServerProcess } from '../conformance/harness/server-process.ts'
import { type AgentDoor, PROTOCOL } from '../packages/cli/src/hot/agent-door.ts'
import { warmHome } from './client.ts'
import { residentMemory } from './processes.ts'
import { type Command, type Comparison, compare } from './whole-process.ts'

export interface AgentFigures {
  readonly comparisons: readonly Comparison[]
  /** MiB that the agent's process has in memory with 20 hot roles, and what of it is its own (the rest is Node's file). */
  readonly memory: { readonly resident: number; readonly own: number } | undefined
  readonly requestsPerSecond: number
  /** Why rows are missing. */
  readonly missing: readonly string[]
}

const HOT_ROLES = 20
const NO_SURROUNDINGS = '\u001f\u001f\u001f\u001f'

/** Signs in to an example server, seals the home with a real keychain, and measures with floors in turn. */
export async function measureAgent(pairs: number): Promise<AgentFigures> {
  const missing = missingSecretService === undefined ? [] : [`sealed: ${missingSecretService}`]
  const server = await ServerProcess.start()
  const keychain = missingSecretService === undefined ? await SecretService.start() : undefined
  const home = new AgentHome()
  try {
    home.writeConfig(server.startUrl, [{ name: 'dev', ...ROLE }])
    const env = home.env({ ...keychain?.env })
    const run = async (...words: string[]): Promise<void> => {
      const { status, stderr } = await runMayfly(home, words, { env: { ...keychain?.env } })
      if (status !== 0) throw new Error(`mayfly ${words.join(' ')} ended with ${status}: ${stderr}`)
    }
    await run('login', '--profile', 'dev')
    // The role that is measured comes from the server; the twenty others lie in the cache.
    await run('credentials', '--profile', 'dev')
    plantRoles(home)
    if (keychain) await run('storage', 'sealed')
    await run('agent', 'start')
    const comparisons = await compareHotPaths(home, env, pairs, keychain !== undefined)
    const door = home.door
    if (!door) throw new Error('the agent has gone')
    const held = Array.from({ length: HOT_ROLES - 1 }, (_, index) => ({ ...ROLE, roleName: `Role${index}` }))
    // One of them has to be fetched: what that takes stays in memory.
    const questions = [OTHER_ROLE, ...held].map(({ accountId, roleName }) => {
      return ['credentials', 'acme', accountId, roleName, NO_SURROUNDINGS]
    })
    for (const words of questions) await home.ask(...words)
    const memory = memoryOf(door.pid)
    await ask(door, questions, 5_000)
    const requestsPerSecond = await ask(door, questions, 20_000)
    if (!home.hasNativeHelper) missing.push('the helper: it is not built here (Debian: golang-1.19-go)')
    return { comparisons, memory, requestsPerSecond, missing }
  } finally {
    await home.stop()
    keychain?.stop()
    await server.stop()
  }
}

async function compareHotPaths(
  home: AgentHome,
  env: Record<string, string>,
  pairs: number,
  isSealed: boolean,
): Promise<readonly Comparison[]> {
  const command = (name: string, file: string, args: readonly string[], extra = {}): Command => {
    return { name, file, args, env: { ...env, ...extra } }
  }
  const empty = command('node -e 0', process.execPath, ['-e', '0'])
  const words = [MAYFLY, 'credentials', ...home.words()]
  const rows: Comparison[] = []
  const helper = command('helper, through the agent', home.helper, home.words())
  if (home.hasNativeHelper) rows.push(compare(helper, empty, pairs))
  rows.push(compare(command('Node, through the agent', process.execPath, words), empty, pairs))
  if (isSealed) {
    const alone = command('Node, sealed, without an agent', process.execPath, words, { MAYFLY_AGENT: 'never' })
    rows.push(compare(alone, empty, pairs))
  }
  if (home.hasNativeHelper) rows.push(...compareWithAws(helper, pairs))
  return rows
}

/** The AWS CLI reads the same kind of credentials from its own warm cache, in a home that is shared. */
function compareWithAws(helper: Command, pairs: number): readonly Comparison[] {
  if (!hasAwsCli) return []
  const shared = warmHome()
  const args = ['configure', 'export-credentials', '--profile', 'profile-39']
  const aws = { name: 'aws configure export-credentials', file: AWS_CLI, args, env: shared.env() }
  try {
    return [compare(aws, helper, Math.min(pairs, 15))]
  } finally {
    shared.remove()
  }
}

function plantRoles(home: AgentHome): void {
  for (let index = 0; index < HOT_ROLES; index += 1) {
    const key = JSON.stringify({ accountId: ROLE.accountId, roleName: `Role${index}`, sessionName: 'acme' })
    const content = {
      ProviderType: 'sso',
      Credentials: {
        ...{ AccessKeyId: 'ASIAQNZGKIQY56JQ7WML', SecretAccessKey: 'x'.repeat(40), SessionToken: 'y'.repeat(900) },
        Expiration: `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`,
        AccountId: ROLE.accountId,
      },
    }
    home.write(`.aws/cli/cache/${createHash('sha1').update(key).digest('hex')}.json`, JSON.stringify(content))
  }
}

function memoryOf(pid: number): AgentFigures['memory'] {
  const resident = residentMemory(pid)
  const own = residentMemory(pid, 'RssAnon')
  return resident === undefined || own === undefined ? undefined : { resident, own }
}

/** Sixteen connections, one question on its way on each; answers questions a second. */
async function ask(door: AgentDoor, questions: readonly (readonly string[])[], count: number): Promise<number> {
  const started = performance.now()
  let left = count
  const client = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(door.address)
      let received = ''
      const next = (): void => {
        left -= 1
        if (left < 0) return void socket.destroy()
        socket.write(`${[PROTOCOL, door.askProof, ...(questions[left % questions.length] ?? [])].join('\t')}\n`)
      }
      socket.setEncoding('utf8').on('data', (text: string) => {
        received += text
        const end = received.indexOf('\n')
        const [, answer, size] = received.slice(0, Math.max(0, end)).split('\t')
        if (end < 0 || received.length - end - 1 < Number(size)) return
        if (answer !== 'ok') throw new Error(`the agent said ${received}`)
        received = received.slice(end + 1 + Number(size))
        next()
      })
      socket.on('close', () => resolve())
      next()
    })
  await Promise.all(Array.from({ length: 16 }, client))
  return count / ((performance.now() - started) / 1000)
}
