/** Prints what retirements have come to. */

import type { Machine } from '../../../machine/machine.ts'
import { printable } from '../../../problems/problem.ts'
import type { OptionValues } from '../../command.ts'
import { foldLines } from '../../storage/format.ts'
import { formatJson } from '../json-text.ts'
import type { Advanced } from './advance.ts'
import { describeRetirement } from './retirement-json.ts'

/** `isQuiet`: says nothing of what only goes its way; cron would send a mail each day. */
export function tell(
  machine: Machine,
  options: OptionValues,
  advanced: readonly Advanced[],
  { isQuiet = false }: { readonly isQuiet?: boolean } = {},
): void {
  if (options['json'] === true) {
    const now = machine.clock.now()
    const retirements = advanced.map(({ retirement, did, lines, needsPerson }) => ({
      ...describeRetirement(retirement, now),
      did,
      told: lines,
      needsPerson,
    }))
    machine.terminal.write(formatJson({ retirements }))
    return
  }
  const told = isQuiet ? advanced.filter(({ did, needsPerson }) => did.length > 0 || needsPerson) : advanced
  machine.terminal.write(joinAlike(told).map(formatLines).join('\n'))
}

/** One sign-in that has ended stops every key: what differs in the key alone is said once, of `KEY`. Lines of each. */
function joinAlike(told: readonly Advanced[]): readonly (readonly string[])[] {
  const alike = Map.groupBy(told, ({ retirement: { accessKeyId }, lines, did }) =>
    // What was done is said of each.
    did.length > 0 ? accessKeyId : lines.join('\n').replaceAll(accessKeyId, 'KEY'),
  )
  return [...alike].map(([text, group]) =>
    group.length === 1
      ? (group[0]?.lines ?? [])
      : [...text.split('\n'), 'KEY is:', ...group.map(({ retirement }) => `  ${retirement.accessKeyId}`)],
  )
}

/** Folded; what is indented is to be copied, and stays in one piece. */
export const formatLines = (lines: readonly string[]): string =>
  lines
    .map(printable)
    .map((line) => (line.startsWith('  ') ? `${line}\n` : foldLines([line])))
    .join('')
