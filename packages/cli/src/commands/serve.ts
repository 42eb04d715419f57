/** serve: the container-credentials endpoint, for programs that cannot run mayfly themselves. */

import { clientPath, createToken, keepToken, writePrivately } from '../credential-server/client-files.ts'
import type { CredentialServers, ServedClient } from '../credential-server/credential-server.ts'
import { clientEnvironment, formatEnvFile } from '../credential-server/environment.ts'
import { parseListenAddress } from '../credential-server/place.ts'
import { createSnippet, SNIPPET_PORT, SNIPPETS } from '../credential-server/snippets.ts'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { EXIT } from '../problems/exit-codes.ts'
import { type Command, findOption, jsonOption, type OptionValues } from './command.ts'
import { type PlannedClient, planClients } from './serve-clients.ts'
import { listen, prepare, untilStopped } from './serve-run.ts'

export const serve: Command = {
  words: 'serve',
  summary: "serve a profile's credentials to containers, other hosts and every SDK",
  parameters: { usage: '[PROFILE …] [-- COMMAND …]', most: 64, program: true },
  options: [
    { name: '--port', value: 'PORT', summary: 'where to listen; a free port when not said', isNumber: true },
    { name: '--host', value: 'ADDRESS', summary: '127.0.0.1 when not said; 169.254.170.2 for a network of containers' },
    { name: '--allow-network', summary: 'take an address that other computers reach' },
    {
      name: '--client',
      value: 'NAME[=PROFILE]',
      summary: 'a client with a token of its own (repeatable); one a profile when not said',
      isRepeatable: true,
    },
    {
      name: '--token-file',
      value: 'PATH',
      summary: 'keep the token here ({client} is its name); else it is new each time',
    },
    {
      // Not --env-file: Node takes that for its own, even behind the program's name.
      name: '--write-env',
      value: 'PATH',
      summary: 'write the environment here ({client} is its name); gone at the end',
    },
    { name: '--sign-in', summary: 'open a sign-in page when there is no valid session' },
    { name: '--quiet', summary: 'no line for each access' },
    { name: '--snippet', value: 'KIND', summary: 'print what to paste, and serve nothing', choices: SNIPPETS },
    { name: '--ssh', value: 'HOST', summary: 'serve to a shell on another host, or to the command after --' },
    {
      name: '--ssh-option',
      value: 'KEY=VALUE',
      summary: 'what ssh takes as -o (repeatable): Port=2222',
      isRepeatable: true,
    },
    jsonOption('{ url, clients: [{ name, profile, url, token, env }] }'),
  ],
  example: 'mayfly serve default --snippet docker',
  async run(options, machine, words) {
    const plan = await planClients(machine, options, words)
    if (options['snippet'] !== undefined) return printSnippet(machine, options, plan)
    if (options['ssh'] !== undefined)
      return (await import('./serve-ssh.ts')).serveOverSsh(machine, options, plan, words)
    if (words.program.length > 0)
      throw new ArgumentRefusal(
        'A command after -- runs on another host.',
        'Name it with --ssh, or see: mayfly exec --help',
      )
    return serveHere(machine, options, plan)
  },
}

function printSnippet(machine: Machine, options: OptionValues, [client]: readonly PlannedClient[]): number {
  const name = SNIPPETS.find((candidate) => candidate === options['snippet']) ?? 'shell'
  if (!client) return EXIT.ok
  const { text, advice } = createSnippet(name, {
    clientName: client.name,
    profileName: client.profile.name,
    port: parsePort(options) ?? SNIPPET_PORT,
    platform: machine.platform,
  })
  machine.terminal.write(text)
  machine.terminal.writeError(advice.endsWith('\n') ? advice : `${advice}\n`)
  return EXIT.ok
}

function parsePort(options: OptionValues): number | undefined {
  const typed = findOption(options, 'port')
  if (typed === undefined) return undefined
  const port = Number(typed)
  if (Number.isInteger(port) && port <= 65_535) return port
  throw new ArgumentRefusal(`argument --port: ${typed} is no port`, 'A port is a whole number up to 65535.')
}

async function serveHere(machine: Machine, options: OptionValues, plan: readonly PlannedClient[]): Promise<number> {
  const host = parseListenAddress(findOption(options, 'host') ?? '127.0.0.1', options['allow-network'] === true)
  const tokenFile = findOption(options, 'token-file')
  const envFile = findOption(options, 'write-env')
  // All that can be refused is refused before a port is open and a page is shown.
  const paths = plan.map(({ name }) => envFile && clientPath(machine, envFile, name, plan.length))
  const tokens: string[] = []
  for (const { name } of plan) {
    const path = tokenFile && clientPath(machine, tokenFile, name, plan.length)
    tokens.push(path ? await keepToken(machine, path) : createToken(machine))
  }
  await prepare(machine, plan)
  const server = await listen(machine, plan, {
    host,
    port: parsePort(options) ?? 0,
    tokens,
    isQuiet: options['quiet'] === true,
  })
  const stopped = machine.stopSignals.next()
  const written: string[] = []
  try {
    for (const [index, client] of server.clients.entries()) {
      const path = paths[index]
      if (!path) continue
      await writePrivately(machine, path, formatEnvFile(environmentOf(client, plan[index])))
      written.push(path)
    }
    tellReady(machine, options, { server, plan, written })
    return (await untilStopped(machine, plan, stopped)) === 'SIGINT' ? EXIT.interrupted : EXIT.ok
  } finally {
    for (const path of written) await machine.files.delete(path).catch(() => undefined)
    await server.close()
  }
}

const environmentOf = (client: ServedClient, planned: PlannedClient | undefined): Readonly<Record<string, string>> =>
  clientEnvironment(client, planned?.profile.region)

function tellReady(
  machine: Machine,
  options: OptionValues,
  { server, plan, written }: { server: CredentialServers; plan: readonly PlannedClient[]; written: readonly string[] },
): void {
  const clients = server.clients.map((client, index) => ({
    name: client.name,
    profile: plan[index]?.profile.name ?? '',
    url: client.url,
    token: client.token,
    env: environmentOf(client, plan[index]),
  }))
  if (options['json'] === true) {
    machine.terminal.write(`${JSON.stringify({ url: server.url, clients }, undefined, 2)}\n`)
  } else if (written.length === 0) {
    machine.terminal.write(clients.map(({ name, env }) => formatExports(machine, name, env)).join('\n'))
  }
  for (const path of written) machine.terminal.writeError(`The environment is in ${path}.\n`)
  const names = clients.map(({ name }) => name).join(', ')
  machine.terminal.writeError(`Serving ${names} on ${server.url} (Ctrl-C ends it)\n`)
}

/** Lines for a shell. No value needs quotes: see `pathOf`. */
function formatExports({ platform }: Machine, name: string, env: Readonly<Record<string, string>>): string {
  const line = ([key, value]: readonly [string, string]): string =>
    platform === 'win32' ? `$Env:${key}="${value}"\n` : `export ${key}=${value}\n`
  return `# ${name}\n${Object.entries(env).map(line).join('')}`
}
