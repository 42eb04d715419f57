/** Takes whole statements out of a shell's file, and leaves one that every shell still reads. */

import type { Splice } from '../text/splice.ts'
import type { Shell, ShellWord, Statement } from './shell-words.ts'
import { removeFromLine } from './whole-lines.ts'

const OPENING: ReadonlySet<string> = new Set([
  ...['then', 'do', 'else', '{', '!', 'if', 'elif', 'while', 'until', 'time', 'begin', 'and', 'or', 'not'],
])

/** The words of a statement without those that open a block or judge its outcome. */
export function withoutOpening(words: readonly ShellWord[]): readonly ShellWord[] {
  const first = words.findIndex(({ value }) => value === undefined || !OPENING.has(value))
  return first === -1 ? [] : words.slice(first)
}

/** Statements that stand side by side and all go. */
interface Chain {
  readonly start: number
  readonly end: number
  readonly first: Statement
  readonly last: Statement
}

/** `going` go, those of one line together with what joins them. */
export function removeStatements(
  text: string,
  statements: readonly Statement[],
  going: ReadonlySet<Statement>,
  shell: Shell,
): readonly Splice[] {
  const chains: Chain[] = []
  for (const statement of statements) {
    if (!going.has(statement)) continue
    const words = withoutOpening(statement.words)
    const [start, end] = [words[0]?.start ?? 0, words.at(-1)?.end ?? 0]
    const former = chains.at(-1)
    const isJoined =
      former !== undefined &&
      words.length === statement.words.length &&
      /^[ \t]*(?:;|&&)[ \t]*$/.test(text.slice(former.end, start))
    if (isJoined) chains.splice(-1, 1, { ...former, end, last: statement })
    else chains.push({ start, end, first: statement, last: statement })
  }
  return chains.map((chain) => removeChain(text, chain, shell))
}

const BLOCK_OPENS = /(?:^|[\s;&|(])(?:then|do|else|\{)$|[)(]$/
const BLOCK_CLOSES = /^(?:\}|\)|(?:fi|done|else|elif|esac)\b|;;)/
const AWAITS = /(?:&&|\|\||\||\\)$/

/** Where a block would be left empty, or where its outcome is asked for, a command that does nothing takes its place. */
function removeChain(text: string, { start, end, first, last }: Chain, shell: Shell): Splice {
  const nothing: Splice = { start, end, text: shell === 'fish' ? 'true' : ':' }
  if (withoutOpening(first.words).length < first.words.length) return nothing
  const isLine = (operator: string): boolean => operator === '' || /^[\r\n]/.test(operator)
  if (isAlone(text, start, end) && isLine(last.after)) {
    const former = codeBefore(text, start)
    const isLeftEmpty = shell !== 'fish' && BLOCK_OPENS.test(former) && BLOCK_CLOSES.test(codeAfter(text, end))
    return isLeftEmpty || AWAITS.test(former) ? nothing : removeFromLine(text, start, end, /^#/)
  }
  // `export A=1; export B=2`, `export A=1 && export B=2`
  const before = /[ \t]*(?:(?<!;);|&&)[ \t]*$/.exec(text.slice(Math.max(0, start - 80), start))
  if (before && (isLine(last.after) || last.after === ';' || last.after === '&&'))
    return { start: start - before[0].length, end, text: '' }
  const after = /^[ \t]*(?:;(?!;)|&&)[ \t]*(?=[^\s#;&|)}])/.exec(text.slice(end, end + 80))
  return after && isLine(first.before) ? { start, end: end + after[0].length, text: '' } : nothing
}

/** True when nothing but blanks and a comment shares its lines. */
function isAlone(text: string, start: number, end: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1)) + 1, start)
  return /^[ \t\ufeff]*$/.test(line) && /^[ \t]*(?:#|[\r\n]|$)/.test(text.slice(end, end + 400))
}

/** The nearest line above that is neither blank nor a comment, without blanks at its end; empty when there is none. */
function codeBefore(text: string, offset: number): string {
  const lines = text.slice(Math.max(0, offset - 10_000), offset).split(/\r\n|\n|\r/)
  return lines.slice(0, -1).findLast(isCode)?.trimEnd() ?? ''
}

/** The same below. */
function codeAfter(text: string, offset: number): string {
  const lines = text.slice(offset, offset + 10_000).split(/\r\n|\n|\r/)
  return lines.slice(1).find(isCode)?.trimStart() ?? ''
}

const isCode = (line: string): boolean => !/^\s*(?:#.*)?$/.test(line)
