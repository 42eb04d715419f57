/** The Git hooks that look for long-term keys, as they are written: shell, for sh and for the one that Git for Windows brings. */

import { createHash } from 'node:crypto'

export type HookName = 'pre-commit' | 'pre-push'

/** Where this program lies: hooks of a desktop program get a short PATH. */
export interface OwnPlace {
  readonly node: string
  readonly script: string | undefined
}

/** How our hooks are known. */
export const MARK = '# mayfly keys guard'

/** What a hook that was there is called since. */
export const FORMER = '.before-mayfly'

const HEAD = `#!/bin/sh
${MARK}: long-term access keys do not leave this computer in a commit.
# Put here by mayfly keys guard install; mayfly keys guard remove takes it away.
`

/** The person is told, and not held up: a hook that nobody can run would stop all work, for a tool that may be gone. */
const findProgram = ({ node, script }: OwnPlace, what: string): string => `
if command -v mayfly >/dev/null 2>&1; then
  look() { mayfly "$@"; }
${
  script === undefined
    ? ''
    : `elif [ -x ${quote(node)} ] && [ -f ${quote(script)} ]; then
  look() { ${quote(node)} ${quote(script)} "$@"; }
`
}else
  echo 'mayfly keys guard: its program is not on PATH. The ${what} goes on, and was not looked at.' >&2
  echo 'Put it on PATH, or take this hook away: .git/hooks, or git config core.hooksPath' >&2
  exit 0
fi
`

/** One line says that nothing was found; more lines say what somebody should see. */
const judge = (what: string, past: string): string => `
case $code$said in
  0*'
'*|[!0]*) printf '%s\\n' "$said" ;;
esac
case $code in
  0) exit 0 ;;
  1) echo 'mayfly keys guard: the ${what} was stopped. Past it, once: ${past}' >&2
     exit 1 ;;
  130) exit 130 ;;
  *) echo "mayfly keys guard: it could not look (exit code $code). The ${what} goes on." >&2
     exit 0 ;;
esac
`

/** First the hook that was there: it may change what is staged. */
const preCommit = (place: OwnPlace): string => `${HEAD}
former="$0${FORMER}"
if [ -x "$former" ]; then
  "$former" "$@" || exit $?
fi
${findProgram(place, 'commit')}
said=$(look keys find --staged)
code=$?
${judge('commit', 'git commit --no-verify')}`

/** Git says on standard input what is pushed: \`<reference> <hash> <their reference> <their hash>\` a line. */
const prePush = (place: OwnPlace): string => `${HEAD}
pushed=$(cat)
former="$0${FORMER}"
if [ -x "$former" ]; then
  if [ -n "$pushed" ]; then printf '%s\\n' "$pushed"; fi | "$former" "$@" || exit $?
fi
${findProgram(place, 'push')}
# What a remote has, without a name for it, nobody knows here.
others="$1/*"
if [ "$1" = "$2" ]; then others='*'; fi
set --
while read -r ours commit theirs known; do
  case $commit in *[!0]*) ;; *) continue ;; esac
  range="$others..$commit"
  case $known in
    *[!0]*) if git cat-file -e "$known^{commit}" 2>/dev/null; then range="$known..$commit"; fi ;;
  esac
  set -- "$@" --range "$range"
done <<END
$pushed
END
if [ $# -eq 0 ]; then exit 0; fi
said=$(look keys find "$@")
code=$?
${judge('push', 'git push --no-verify')}`

const plainScript = (name: HookName, place: OwnPlace): string => (name === 'pre-commit' ? preCommit : prePush)(place)

export const hookScript = (name: HookName, place: OwnPlace): string => withSum(plainScript(name, place))

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

/** So that a later version knows what it may replace, and that nobody has written into it since. */
const withSum = (text: string): string => `${text}# as written: ${sumOf(text)}\n`

/** Ours, of this version or another, as it was written. */
export function isAsWritten(text: string): boolean {
  const [, script = '', sum] = /^(.*\n)# as written: ([0-9a-f]{16})\n$/s.exec(text) ?? []
  return sum !== undefined && sum === sumOf(script)
}

/** Every other hook of a client: in a folder that all repositories share, each hands on to the repository's own. */
export const HANDED_ON = [
  ...['applypatch-msg', 'pre-applypatch', 'post-applypatch', 'pre-merge-commit', 'prepare-commit-msg', 'commit-msg'],
  ...['post-commit', 'pre-rebase', 'post-checkout', 'post-merge', 'post-rewrite', 'pre-auto-gc', 'post-index-change'],
  ...['sendemail-validate', 'reference-transaction', 'push-to-checkout', 'pre-receive', 'update', 'post-receive'],
  ...['post-update', 'proc-receive'],
] as const

/** The repository's own folder of hooks, which git passes over for ours. Git itself is asked where that is no plain one. */
const OWN_FOLDER = `
folder=\${GIT_DIR:-.git}
if [ ! -d "$folder" ] || [ -f "$folder/commondir" ]; then folder=$(git rev-parse --git-common-dir); fi`

export const handOnScript = (name: string): string =>
  withSum(`${HEAD}${OWN_FOLDER}
if [ -x "$folder/hooks/${name}" ]; then exec "$folder/hooks/${name}" "$@"; fi
`)

/** For all repositories: what was there is the repository's own hook. One that guards already looks itself. */
export const sharedHookScript = (name: HookName, place: OwnPlace): string =>
  withSum(
    plainScript(name, place).replace(
      `former="$0${FORMER}"`,
      `${OWN_FOLDER}
former="$folder/hooks/${name}"
if grep -q '^${MARK}' "$former" 2>/dev/null; then exec "$former" "$@"; fi`,
    ),
  )

/** For sh. */
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`
