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
  machine.terminal.write(told.map(({ lines }) => formatLines(lines)).join('\n'))
}

/** Folded; what is indented is to be copied, and stays in one piece. */
export const formatLines = (lines: readonly string[]): string =>
  lines
    .map(printable)
    .map((line) => (line.startsWith('  ') ? `${line}\n` : foldLines([line])))
    .join('')
