/** The container-credentials endpoint: credentials over HTTP, for whoever carries a client's token. */

import { randomBase64Url } from '@mayfly/identity-center/random'
import type { Machine } from '../machine/machine.ts'
import type { WebAnswer, WebRequest } from '../machine/web-server.ts'
import type { ExportedCredentials } from '../role-credentials/formats.ts'
import { describeFailure, formatError, formatGrant } from './answers.ts'
import { judgeRequest } from './judge-request.ts'
import { authoritiesOf, pathOf } from './place.ts'

/** Where a client's credentials come from. Called for every request: it caches and refreshes by itself. */
export type CredentialProvider = () => Promise<ExportedCredentials>

export interface CredentialClient {
  /** Names it in the address and in the log. */
  readonly name: string
  readonly provider: CredentialProvider
  /** A new one of 256 bits when there is none. */
  readonly token?: string
}

/** One request, as it may be told: nothing of it is secret. */
export interface Access {
  /** The client; nothing when the request was refused before it was known. */
  readonly client?: string
  readonly at: Date
  readonly peer: string
  readonly status: number
  /** Why there were no credentials. */
  readonly problem?: string
}

export interface CredentialServerOptions {
  /** An address of this computer; 127.0.0.1 when not said. */
  readonly host?: string
  /** The system picks one when not said. */
  readonly port?: number
  readonly onAccess?: (access: Access) => void
}

/** A client that is served: what it has to know. */
export interface ServedClient {
  readonly name: string
  /** `http://127.0.0.1:40123/credentials/dev`. */
  readonly url: string
  readonly token: string
}

export interface CredentialServers {
  /** `http://127.0.0.1:40123`. */
  readonly url: string
  readonly port: number
  readonly clients: readonly ServedClient[]
  /** Answers by this authority too: the other end of a forwarded port (`127.0.0.1:4711`). */
  admit(authority: string): void
  close(): Promise<void>
}

/** Serves several clients on one address, each at a path of its own and with its own token. */
export async function serveClients(
  machine: Machine,
  clients: readonly CredentialClient[],
  { host = '127.0.0.1', port = 0, onAccess }: CredentialServerOptions = {},
): Promise<CredentialServers> {
  const served = clients.map((client) => ({
    ...client,
    path: pathOf(client.name),
    token: client.token ?? randomBase64Url(machine.random, 32),
  }))
  const authorities = new Set<string>()
  const answer = async (request: WebRequest): Promise<WebAnswer> => {
    const told = { at: machine.clock.now(), peer: request.peer }
    const verdict = judgeRequest(request, { authorities, clients: served })
    if (verdict.verdict === 'refused') {
      onAccess?.({ ...told, status: verdict.status, problem: verdict.message })
      return formatError(verdict.status, verdict.code, verdict.message)
    }
    const { name, provider } = verdict.client
    try {
      const grant = formatGrant(await provider(), machine.clock.now())
      onAccess?.({ ...told, client: name, status: grant.status })
      return grant
    } catch (cause) {
      const { status, code, message, detail } = describeFailure(cause)
      onAccess?.({ ...told, client: name, status, problem: detail ?? message })
      return formatError(status, code, message)
    }
  }
  const listener = await machine.webServer.listen({ host, port }, answer)
  for (const authority of authoritiesOf(host, listener.port)) authorities.add(authority)
  const url = `http://${authoritiesOf(host, listener.port)[0]}`
  return {
    url,
    port: listener.port,
    clients: served.map(({ name, path, token }) => ({ name, url: `${url}${path}`, token })),
    admit: (authority) => void authorities.add(authority),
    close: () => listener.close(),
  }
}

/** Serves one client: for a program that is started with the address and the token in its environment. */
export async function startCredentialServer(
  machine: Machine,
  provider: CredentialProvider,
  options: CredentialServerOptions & { readonly name?: string } = {},
): Promise<{ readonly url: string; readonly token: string; close(): Promise<void> }> {
  const server = await serveClients(machine, [{ name: options.name ?? 'default', provider }], options)
  const [client] = server.clients
  return { url: client?.url ?? '', token: client?.token ?? '', close: server.close }
}
