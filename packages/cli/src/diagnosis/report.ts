/** A diagnosis as a person reads it, and as a program does. */

import type { Finding } from './causes.ts'
import type { Diagnosis, Step } from './inquiry.ts'

const WIDTH = 80

const STYLES = { good: '\u001b[32m', bad: '\u001b[31m', doubtful: '\u001b[33m', strong: '\u001b[1m' } as const

/** At most 80 columns, but for a word that is longer. Marks and colours where the terminal takes them, words elsewhere. */
export function formatDiagnosis(diagnosis: Diagnosis, styled: boolean): string {
  const paint = (style: keyof typeof STYLES, text: string): string =>
    styled ? `${STYLES[style]}${text}\u001b[0m` : text
  const marks = styled
    ? { good: paint('good', '✓'), bad: paint('bad', '✗'), doubtful: paint('doubtful', '!') }
    : { good: 'ok   ', bad: 'FAULT', doubtful: 'warn ' }
  const steps = diagnosis.steps.map((step) => {
    const mark = marks[stateOf(step)]
    const said = stateOf(step) === 'good' ? (step.seen ?? '') : step.findings.map(({ cause }) => cause).join(', ')
    return `${mark} ${step.step.padEnd(10)}  ${clip(printable(said), styled ? 66 : 62)}`.trimEnd()
  })
  const causes = diagnosis.causes.flatMap((finding) => ['', ...formatFinding(finding, paint)])
  return `${[...steps, '', ...wrap(formatVerdict(diagnosis), ''), ...causes].join('\n')}\n`
}

function formatVerdict({ profile, verdict, causes }: Diagnosis): string {
  const name = printable(profile)
  if (verdict === 'healthy') return `${name} works.`
  if (verdict === 'unchecked') return `Nothing is wrong with ${name} on this computer. The network was not asked.`
  const count = causes.filter(({ severity }) => severity === 'fault').length
  return count === 1
    ? `${name} does not work as it stands:`
    : `${name} does not work as it stands, for ${count} reasons:`
}

const stateOf = ({ findings }: Step): 'good' | 'bad' | 'doubtful' =>
  findings.some(({ severity }) => severity === 'fault') ? 'bad' : findings.length > 0 ? 'doubtful' : 'good'

function formatFinding(
  { message, evidence, next, severity }: Finding,
  paint: (style: 'strong' | 'doubtful', text: string) => string,
): readonly string[] {
  const [first = '', ...rest] = wrap(printable(message), severity === 'warning' ? 'Besides: ' : '', '')
  return [
    paint(severity === 'fault' ? 'strong' : 'doubtful', first),
    ...rest,
    ...evidence.flatMap((each) => wrap(printable(each), '  ')),
    ...wrap(printable(next), '  → '),
  ]
}

/** Words may come from a server or a file: nothing in them may move the cursor. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ')

const clip = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text)

function wrap(text: string, lead: string, indent = ' '.repeat(lead.length)): readonly string[] {
  const lines: string[] = []
  let line = lead
  let empty = true
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > WIDTH) {
      lines.push(line)
      line = indent
      empty = true
    }
    line += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, line]
}

/** The members are promised: see docs/reference/exit-codes.md. */
export function formatDiagnosisJson({ profile, verdict, causes, nearest, steps }: Diagnosis): string {
  const role = nearest && {
    accountId: nearest.accountId,
    accountName: nearest.accountName ?? null,
    roleName: nearest.roleName,
  }
  const output = {
    profile,
    verdict,
    causes: causes.map(({ cause, severity, message, evidence, next }) => ({
      cause,
      severity,
      message,
      evidence,
      next,
    })),
    nearest: role ?? null,
    checked: steps.map(({ step }) => step),
  }
  return `${JSON.stringify(output, undefined, 2)}\n`
}
