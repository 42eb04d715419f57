/** What ssh is called with, and what runs on the other host: values that work in whatever shell a person has there. */

import { quoteWord } from '../shared-config/section-header.ts'
import { SHADOWING_VARIABLES } from './environment.ts'

export interface SshPlace {
  /** `user@host`, or a Host of ~/.ssh/config. */
  readonly destination: string
  /** As ssh takes them with -o. */
  readonly options: readonly string[]
  /** The socket over which all calls share one connection. */
  readonly controlPath: string
}

const commonWords = ({ options, controlPath }: SshPlace): readonly string[] => [
  '-S',
  controlPath,
  ...options.flatMap((option) => ['-o', option]),
]

/**
 * The connection itself. Its remote command keeps a folder with the client's environment for as long as our end of its
 * standard input is open: so nothing stays behind, even when this process is killed. `mark` begins each line that is
 * meant for us, because a person's start files may print as well.
 */
export const connectionWords = (place: SshPlace, mark: string): readonly string[] => [
  '-M',
  ...commonWords(place),
  ...['-o', 'ControlPersist=no', '-o', 'RemoteCommand=none', '-T', '--', place.destination],
  `exec sh -c ${quoteWord(KEEPER)} ${mark}`,
]

/** Without backslashes and single quotes: fish reads those differently from sh. The token comes over standard input. */
const KEEPER = [
  'umask 077',
  `d=$(mktemp -d "\${XDG_RUNTIME_DIR:-/nonexistent}/mayfly.XXXXXXXX" 2>/dev/null)`,
  '[ -n "$d" ] || d=$(mktemp -d /tmp/mayfly.XXXXXXXX) || exit 1',
  'clean() { rm -rf "$d"; }',
  'trap clean EXIT',
  'trap "exit 1" HUP INT TERM',
  'echo "$0 folder $d"',
  'while IFS= read -r line && [ "$line" != . ]; do echo "$line"; done > "$d/env"',
  'echo "$0 ready"',
  'cat > /dev/null',
].join('; ')

/** Lets the other host's loopback lead to ours; ssh prints the port that was picked there. */
export const forwardWords = (place: SshPlace, port: number): readonly string[] => [
  ...commonWords(place),
  ...['-O', 'forward', '-R', `127.0.0.1:0:127.0.0.1:${port}`, '--', place.destination],
]

/**
 * The shell or the command. A single word is a line for the person's own shell, as it is to ssh; several are a program
 * and its arguments, each as it is. The file with the token is gone before either starts.
 */
export function sessionWords(
  place: SshPlace,
  { folder, program, hasTerminal }: { folder: string; program: readonly string[]; hasTerminal: boolean },
): readonly string[] {
  const [line = '', ...more] = program
  const last =
    program.length === 0
      ? `exec "\${SHELL:-/bin/sh}" -l`
      : more.length === 0
        ? `exec "\${SHELL:-/bin/sh}" -c "$1"`
        : 'exec "$@"'
  const script = ['set -a', '. "$0/env"', 'set +a', 'rm -f "$0/env"', `unset ${SHADOWING_VARIABLES.join(' ')}`, last]
  const words = [folder, line, ...more].slice(0, program.length + 1).map(quoteWord)
  return [
    ...(program.length === 0 && hasTerminal ? ['-t'] : []),
    ...commonWords(place),
    ...['-o', 'ControlMaster=no', '-o', 'RemoteCommand=none', '--', place.destination],
    `exec sh -c ${quoteWord(script.join('; '))} ${words.join(' ')}`,
  ]
}
