/** agent: the resident process that keeps credentials ready. */

import { seconds } from '@mayfly/identity-center/duration'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createAgent } from '../agent/agent.ts'
import { type AgentStatus, askAgent, findAgentStatus, startAgent, waitForAgent } from '../agent/client.ts'
import { installHelper } from '../agent/install-helper.ts'
import type { Listening } from '../machine/agent-socket.ts'
import type { Machine } from '../machine/machine.ts'
import { isOlder, readVersion } from '../machine/version.ts'
import { formatTimeLeft } from '../role-credentials/time-left.ts'
import { type Command, jsonOption } from './command.ts'

export const agentStatus: Command = {
  words: 'agent status',
  summary: 'show whether the agent runs, and what it keeps ready',
  options: [
    jsonOption(
      '{ running, pid, version, startedAt, holdsDataKey, sessions: [{ name, startUrl, tokenEndsAt, endsAt, problem }], roles: [{ sessionName, accountId, roleName, endsAt, lastAskedAt }] }; only running when there is none',
    ),
  ],
  example: 'mayfly agent status',
  async run(options, machine) {
    const status = await findAgentStatus(machine)
    if (options['json'] === true) {
      machine.terminal.write(formatJson({ running: status !== undefined, ...status }))
    } else machine.terminal.write(status ? formatStatus(status, machine.clock.now()) : 'No agent runs.\n')
    return 0
  },
}

const formatJson = (result: object): string => `${JSON.stringify(result, undefined, 2)}\n`

function formatStatus(status: AgentStatus, now: Date): string {
  const lines = [`The agent runs (process ${status.pid}, version ${status.version}).`]
  if (status.holdsDataKey) lines.push('It holds the key of the sealed store. To make it forget: mayfly storage lock')
  for (const { name, tokenEndsAt, problem } of status.sessions) {
    const trouble = problem === undefined ? '' : ` (${problem})`
    lines.push(`Session ${name}: ${formatTimeLeft(new Date(tokenEndsAt), now)}${trouble}`)
  }
  for (const { sessionName, accountId, roleName, endsAt } of status.roles) {
    lines.push(`Role ${accountId} ${roleName} (${sessionName}): ${formatTimeLeft(new Date(endsAt), now)}`)
  }
  return `${lines.join('\n')}\n`
}

export const agentStart: Command = {
  words: 'agent start',
  summary: 'start the agent in the background, and put its helper in place',
  options: [jsonOption('{ running, version, helper }')],
  example: 'mayfly agent start',
  async run(options, machine) {
    if (machine.env['MAYFLY_AGENT'] === 'never') {
      throw new Refusal('conflict', 'MAYFLY_AGENT=never in the environment says that no agent is wanted.', {
        hint: 'Take it out: unset MAYFLY_AGENT',
      })
    }
    const { path } = await installHelper(machine)
    await startAgent(machine)
    const version = await waitForAgent(machine)
    if (version === undefined) {
      throw new Refusal('invalid', 'The agent did not start.', { hint: 'To see why: mayfly agent run' })
    }
    const told = `The agent runs. Sealed profiles ask it through:\n${path}\n`
    machine.terminal.write(options['json'] === true ? formatJson({ running: true, version, helper: path }) : told)
    return 0
  },
}

export const agentStop: Command = {
  words: 'agent stop',
  summary: 'stop the agent; it forgets what it holds',
  options: [jsonOption('{ stopped }, false where none ran')],
  example: 'mayfly agent stop',
  async run(options, machine) {
    const answer = await askAgent(machine, { ask: 'stop' })
    const told = answer ? 'The agent has stopped.\n' : 'No agent runs.\n'
    machine.terminal.write(options['json'] === true ? formatJson({ stopped: answer !== undefined }) : told)
    return 0
  },
}

export const agentRun: Command = {
  words: 'agent run',
  summary: 'be the agent, in the foreground; it is started by itself otherwise',
  options: [],
  example: 'mayfly agent run --help',
  async run(_options, machine) {
    const version = await readVersion()
    const agent = createAgent(withoutPeople(machine), version)
    // Of two that start at once one listens; the other finds it there.
    const listening = await machine.lock.withLock('agent', () => takePlace(machine, agent.handle, version))
    if (listening === undefined) {
      machine.terminal.writeError('mayfly: An agent runs already.\n')
      return 0
    }
    machine.terminal.writeError(`mayfly: The agent listens at ${listening.address}. To end it: mayfly agent stop\n`)
    await Promise.race([agent.live(listening), machine.stopSignals.next()])
    await listening.close()
    return 0
  },
}

/** Nobody sits before an agent: it opens no page and asks nothing, and no other agent. */
const withoutPeople = (machine: Machine): Machine => ({
  ...machine,
  env: { ...machine.env, MAYFLY_AGENT: 'never', MAYFLY_SIGN_IN: 'never' },
  terminal: { ...machine.terminal, interactive: false, styled: false },
})

/** The place of an older agent is taken; beside one of this version or a newer one there is nothing to do. */
async function takePlace(
  machine: Machine,
  handle: ReturnType<typeof createAgent>['handle'],
  version: string,
): Promise<Listening | undefined> {
  const running = await machine.agent.ask(['hello'])
  if (running?.answer === 'ok') {
    if (!isOlder(running.text, version)) return undefined
    await machine.agent.ask(['stop'])
    for (let waited = 0; waited < 50 && (await machine.agent.ask(['hello'])); waited += 1) {
      await machine.clock.sleep(seconds(0.1))
    }
  }
  return machine.agent.listen(handle, version)
}
