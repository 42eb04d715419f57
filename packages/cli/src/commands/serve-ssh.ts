/** serve --ssh: a shell or a command on another host that has the credentials while it runs. */

import { randomHex } from '@mayfly/identity-center/random'
import { Refusal } from '@mayfly/identity-center/refusal'
import { createToken } from '../credential-server/client-files.ts'
import type { CredentialServers } from '../credential-server/credential-server.ts'
import { clientEnvironment, formatEnvFile } from '../credential-server/environment.ts'
import { connectionWords, forwardWords, type SshPlace, sessionWords } from '../credential-server/ssh-words.ts'
import type { Companion } from '../machine/companion.ts'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { joinPath } from '../shared-config/paths.ts'
import { findOption, listOption, type OptionValues, type TypedWords } from './command.ts'
import type { PlannedClient } from './serve-clients.ts'
import { listen, prepare, untilStopped } from './serve-run.ts'

const ELSEWHERE = ['port', 'host', 'allow-network', 'token-file', 'write-env', 'json'] as const

/** Answers the exit code of the shell or of the command; 255 is ssh's own, when the connection failed. */
export async function serveOverSsh(
  machine: Machine,
  options: OptionValues,
  plan: readonly PlannedClient[],
  { program }: TypedWords,
): Promise<number> {
  const client = checkArguments(machine, options, plan)
  const ssh = await findSsh(machine)
  const place: SshPlace = {
    destination: findOption(options, 'ssh') ?? '',
    options: listOption(options, 'ssh-option'),
    controlPath: await chooseControlPath(machine),
  }
  await prepare(machine, plan)
  const server = await listen(machine, plan, {
    host: '127.0.0.1',
    port: 0,
    tokens: [createToken(machine)],
    // The terminal is the other host's now.
    isQuiet: true,
  })
  const mark = `mayfly-${randomHex(machine.random, 12)}`
  const connection = await machine.companions.start(ssh, connectionWords(place, mark), machine.env)
  try {
    const folder = await listenFor(connection, `${mark} folder `)
    await handOver(machine, { ssh, place, server, connection, client })
    await listenFor(connection, `${mark} ready`)
    const parameters = sessionWords(place, { folder, program, hasTerminal: machine.terminal.interactive })
    const session = machine.childProcess.runInForeground({ path: ssh, parameters, env: machine.env, stays: true })
    return await untilStopped(machine, plan, session)
  } finally {
    await connection.close()
    await server.close()
  }
}

function checkArguments(machine: Machine, options: OptionValues, plan: readonly PlannedClient[]): PlannedClient {
  const destination = findOption(options, 'ssh') ?? ''
  if (destination === '' || destination.startsWith('-'))
    throw new ArgumentRefusal(`argument --ssh: '${destination}' is no host`, 'As ssh takes it: user@host')
  const misplaced = ELSEWHERE.find((name) => options[name] !== undefined)
  if (misplaced !== undefined)
    throw new ArgumentRefusal(`--${misplaced} has no meaning with --ssh.`, 'Leave one of them out.')
  const [client, ...more] = plan
  if (!client || more.length > 0)
    throw new ArgumentRefusal(
      'Another host is served one profile at a time.',
      'Name one, as in: mayfly serve dev --ssh host',
    )
  if (machine.platform !== 'win32') return client
  // https://github.com/PowerShell/Win32-OpenSSH/issues/1328
  throw new Refusal('invalid', 'The OpenSSH of Windows cannot share one connection, which --ssh needs.', {
    hint: 'Run it in WSL; or: mayfly serve --port 9911, and forward the port: ssh -R 9911:127.0.0.1:9911 HOST',
  })
}

async function findSsh(machine: Machine): Promise<string> {
  const found = await machine.childProcess.find('ssh', machine.env)
  if (found.found === 'program') return found.path
  throw new Refusal('not-found', 'There is no ssh on this computer.', { hint: 'Install the OpenSSH client.' })
}

/** Short, because the system cuts such names off at about 100 bytes; unguessable, because /tmp is everybody's. */
async function chooseControlPath(machine: Machine): Promise<string> {
  const runtime = machine.env['XDG_RUNTIME_DIR']
  const state = runtime ? await machine.inspection.describeFile(runtime) : undefined
  const folder = runtime && state?.kind === 'folder' && state.isOwn && runtime.length < 40 ? runtime : '/tmp'
  return joinPath(machine, folder, `mayfly-ssh-${randomHex(machine.random, 16)}`)
}

/** What follows `beginning` on the line that begins so. ssh itself has said on standard error what went wrong. */
async function listenFor(connection: Companion, beginning: string): Promise<string> {
  for (;;) {
    const line = await connection.nextLine()
    if (line === undefined) {
      throw new Refusal('invalid', 'The connection to the other host ended.', {
        hint: 'Try it alone first, with the same host: ssh HOST true',
      })
    }
    if (line.startsWith(beginning)) return line.slice(beginning.length)
  }
}

/** Address and token travel inside the connection: no command line, here or there, ever has the token. */
async function handOver(
  machine: Machine,
  {
    ssh,
    place,
    server,
    connection,
    client,
  }: { ssh: string; place: SshPlace; server: CredentialServers; connection: Companion; client: PlannedClient },
): Promise<void> {
  const { exitCode, stdout, stderr } = await machine.childProcess.run(
    ssh,
    forwardWords(place, server.port),
    machine.env,
  )
  const port = Number(stdout.trim())
  if (exitCode !== 0 || !Number.isInteger(port) || port < 1) {
    throw new Refusal('forbidden', `The other host does not forward ports: ${stderr.trim() || stdout.trim()}`, {
      hint: 'Its sshd has to allow it: AllowTcpForwarding yes (or remote).',
    })
  }
  const [served] = server.clients
  if (!served) return
  const authority = `127.0.0.1:${port}`
  server.admit(authority)
  const url = `http://${authority}${new URL(served.url).pathname}`
  connection.write(`${formatEnvFile(clientEnvironment({ url, token: served.token }, client.profile.region))}.\n`)
}
