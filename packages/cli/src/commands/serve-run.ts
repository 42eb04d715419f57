/** What every way of serving begins and ends with. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { createAccessLog } from '../credential-server/access-log.ts'
import { type Access, type CredentialServers, serveClients } from '../credential-server/credential-server.ts'
import { type Refreshed, refreshAhead } from '../credential-server/refresh-ahead.ts'
import type { Machine } from '../machine/machine.ts'
import { describeProblem } from '../problems/problem.ts'
import type { PlannedClient } from './serve-clients.ts'

/** Tells at once what clients would be told: that there is no session, no such role, no network. It may pass. */
export async function prepare(machine: Machine, plan: readonly PlannedClient[]): Promise<void> {
  const profiles = [...new Set(plan.map(({ profile }) => profile))]
  for (const profile of profiles) {
    await profile.prepare().catch((error: unknown) => {
      const { message, hint } = describeProblem(error)
      if (isForGood(error)) throw error
      machine.terminal.writeError(printable(`${profile.name}: ${message}${hint === undefined ? '' : `\n${hint}`}`))
    })
  }
}

/** A profile that is not there, or not right, is not waited for. */
const isForGood = (error: unknown): boolean =>
  error instanceof Refusal && (error.code === 'not-found' || error.name === 'ConfigurationRefusal')

const printable = (text: string): string => `${text.replace(/(?!\n)\p{Cc}/gu, '')}\n`

export async function listen(
  machine: Machine,
  plan: readonly PlannedClient[],
  settings: {
    readonly host: string
    readonly port: number
    readonly tokens: readonly string[]
    readonly isQuiet: boolean
  },
): Promise<CredentialServers> {
  const { host, port, tokens } = settings
  const log = createAccessLog()
  const onAccess = (access: Access): void => {
    const line = settings.isQuiet ? undefined : log(access)
    if (line !== undefined) machine.terminal.writeError(line)
  }
  const clients = plan.map(({ name, profile }, index) => ({
    name,
    provider: profile.provider,
    token: tokens[index] ?? '',
  }))
  return serveClients(machine, clients, { host, port, onAccess }).catch((error: unknown) => {
    throw explainListening(error, host, port)
  })
}

function explainListening(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') {
    return new Refusal('conflict', `Another program listens on ${host}, port ${port}.`, {
      hint: 'Stop it, or choose another port with --port.',
    })
  }
  if (code === 'EADDRNOTAVAIL') {
    return new Refusal('not-found', `This computer does not have the address ${host}.`, {
      hint: `A network of containers brings it: docker network create --subnet 169.254.170.0/24 --gateway ${host} mayfly`,
    })
  }
  if (code === 'EACCES') {
    return new Refusal('forbidden', `Port ${port} is only for the administrator of this computer.`, {
      hint: 'Choose a port from 1024 on with --port.',
    })
  }
  return error
}

/** Refreshes ahead until somebody asks this process to stop. */
export async function untilStopped<Stop>(
  machine: Machine,
  plan: readonly PlannedClient[],
  stopped: Promise<Stop>,
): Promise<Stop> {
  const done = new AbortController()
  const profiles: readonly Refreshed[] = [...new Set(plan.map(({ profile }) => profile))]
  const ahead = refreshAhead(machine, profiles, done.signal)
  try {
    return await stopped
  } finally {
    done.abort()
    await ahead
  }
}
