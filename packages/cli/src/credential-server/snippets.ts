/** What to paste where the clients run: docker, compose, devcontainers, ssh, systemd, a shell. */

import type { Platform } from '../machine/machine.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import { fileNameOf } from './client-files.ts'
import { ECS_ADDRESS } from './place.ts'

export const SNIPPETS = ['docker', 'compose', 'devcontainer', 'ssh', 'systemd', 'shell'] as const
export type SnippetName = (typeof SNIPPETS)[number]

export interface SnippetInput {
  readonly profileName: string
  readonly clientName: string
  readonly port: number
  readonly platform: Platform
}

export interface Snippet {
  /** The file or the lines themselves: nothing else goes to standard output, so that it can be redirected. */
  readonly text: string
  /** What to do with it, for a person. */
  readonly advice: string
}

/** The port of a snippet that names none: an address written into a file has to stay. */
export const SNIPPET_PORT = 9911

/** A snippet for one client. It holds no secret: those are in the files that `mayfly serve` writes. */
export const createSnippet = (name: SnippetName, input: SnippetInput): Snippet => MAKERS[name](input)

/** Its gateway is this host. */
const NETWORK = `docker network create --subnet 169.254.170.0/24 --gateway ${ECS_ADDRESS} mayfly`

const MAKERS: Readonly<Record<SnippetName, (input: SnippetInput) => Snippet>> = {
  docker: (input) => ({
    text: lines(
      '# The endpoint, here or in a terminal of its own, or by systemd (--snippet systemd):',
      `${serveCommand(input)} &`,
      waitFor(input),
      '# A container in the network of this host. The token is in a file, not in `ps`:',
      `docker run --rm -it --network host --env-file ${envFile(input)} amazon/aws-cli sts get-caller-identity`,
      '',
      '# Or a network of its own, whose gateway is the address that SDKs expect (Linux):',
      `# ${NETWORK}`,
      `# ${serveCommand(input, ECS_ADDRESS)} &`,
      `# docker run --rm -it --network mayfly --env-file ${envFile(input)} amazon/aws-cli sts get-caller-identity`,
    ),
    advice: 'Paste what you need into a shell on this host.',
  }),
  compose: (input) => ({
    text: lines(
      'services:',
      '  app:',
      '    image: amazon/aws-cli',
      '    command: ["sts", "get-caller-identity"]',
      '    env_file:',
      `      - \${HOME}/${envFileBelowHome(input)}`,
      '    networks:',
      '      - mayfly',
      'networks:',
      '  mayfly:',
      '    external: true',
    ),
    advice: lines(
      'Save it as compose.yaml. Once, on Linux:',
      `  ${NETWORK}`,
      'Then, before `docker compose up`:',
      `  ${serveCommand(input, ECS_ADDRESS)} &`,
    ),
  }),
  devcontainer: (input) => ({
    text: `${JSON.stringify(
      {
        name: `aws-${input.clientName}`,
        image: 'mcr.microsoft.com/devcontainers/base:debian',
        initializeCommand: ['test', '-r', `\${localEnv:HOME}/${envFileBelowHome(input)}`],
        runArgs: ['--network=host', '--env-file', `\${localEnv:HOME}/${envFileBelowHome(input)}`],
      },
      undefined,
      2,
    )}\n`,
    advice: lines(
      'Save it as .devcontainer/devcontainer.json. Before the container is made:',
      `  ${serveCommand(input)} &`,
    ),
  }),
  ssh: ({ profileName, platform }) => ({
    text: lines(
      '# A shell on another host that has the credentials while it is open:',
      `mayfly serve ${shellWord(profileName, platform)} --ssh user@host`,
      '# One command there:',
      `mayfly serve ${shellWord(profileName, platform)} --ssh user@host -- aws sts get-caller-identity`,
    ),
    advice: 'Nothing has to be installed there but OpenSSH and a POSIX shell.',
  }),
  systemd: (input) => ({
    text: lines(
      '[Unit]',
      `Description=AWS credentials for the client ${input.clientName.replaceAll('%', '%%')}`,
      '',
      '[Service]',
      // A login shell knows where mayfly and node are; systemd does not.
      `ExecStart=/bin/sh -lc "exec ${unitWord(serveCommand(input))}"`,
      'Restart=on-failure',
      '',
      '[Install]',
      'WantedBy=default.target',
    ),
    advice: lines(
      'Save it as ~/.config/systemd/user/mayfly-serve.service, then:',
      '  systemctl --user daemon-reload',
      '  systemctl --user enable --now mayfly-serve',
    ),
  }),
  shell: (input) => ({
    text: lines(`${serveCommand(input)} &`, waitFor(input), `set -a; . ${envFile(input)}; set +a`),
    advice: 'Paste it into sh, bash or zsh. Other keys and profiles in its environment come first: unset them.',
  }),
}

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`

/** With a port and a token that stay: what was written into a container's environment is still true after a restart. */
function serveCommand({ profileName, clientName, port, platform }: SnippetInput, host?: string): string {
  const words = [
    ['mayfly', 'serve', shellWord(profileName, platform)],
    clientName === profileName ? [] : ['--client', shellWord(clientName, platform)],
    host === undefined ? [] : ['--host', host],
    ['--port', String(port), '--token-file', `~/${OWN}/${fileNameOf(clientName)}.token`],
    ['--write-env', `~/${OWN}/${fileNameOf(clientName)}.env`],
  ]
  return words.flat().join(' ')
}

const OWN = '.mayfly/serve'
const envFileBelowHome = ({ clientName }: SnippetInput): string => `${OWN}/${fileNameOf(clientName)}.env`
const envFile = (input: SnippetInput): string => `~/${envFileBelowHome(input)}`

/** Until the endpoint is ready, or has ended. */
const waitFor = (input: SnippetInput): string => `while kill -0 $! && ! test -s ${envFile(input)}; do sleep 0.1; done`

/** Inside the double quotes of a unit file. */
const unitWord = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')
