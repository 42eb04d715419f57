/** keys undo: a key is switched on again, and the files get back what they held. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { loadPlanning } from '../../long-term-keys/planning/load-ahead.ts'
import { tryAccessPath } from '../../long-term-keys/retirement/access-path.ts'
import { findRetirement, listRetirements } from '../../long-term-keys/retirement/journal.ts'
import { FINAL_STEPS, type Retirement } from '../../long-term-keys/retirement/retirement.ts'
import { type Undone, undoRetirement } from '../../long-term-keys/retirement/undo.ts'
import type { Machine } from '../../machine/machine.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { type Command, findOption, jsonOption, type OptionValues } from '../command.ts'
import { foldLines } from '../storage/format.ts'
import { shortenHome } from './find/place-words.ts'
import { formatJson } from './json-text.ts'
import { describeRetirement, RETIREMENT_SHAPE } from './retire/retirement-json.ts'

export const keysUndo: Command = {
  words: 'keys undo',
  summary: 'take the retirement of a key back: switch it on again, and give the files back what they held',
  options: [
    { name: '--as', value: 'PROFILE', summary: 'switch the key on as this profile' },
    { name: '--files-only', summary: 'put the files back and leave the key as it is' },
    { name: '--keep-files', summary: 'leave files that cannot be put back as they are, for good' },
    { name: '--yes', summary: 'do not ask' },
    jsonOption(`{ retirement: ${RETIREMENT_SHAPE}, isActivated, left }`),
  ],
  parameters: { usage: 'KEY', most: 1 },
  example: 'mayfly keys undo AKIAIOSFODNN7EXAMPLE',
  loadAhead: loadPlanning,
  async run(options, machine, { parameters: [typed] }) {
    const retirement = await getTyped(machine, typed)
    if (!(await mayGoOn(machine, options, retirement))) return 0
    const as = findOption(options, 'as') ?? retirement.asProfile
    const path = await tryAccessPath(machine, options, as)
    const undone = await undoRetirement(machine, retirement.accessKeyId, path, {
      filesOnly: options['files-only'] === true,
      keepsFiles: options['keep-files'] === true,
    })
    write(machine, options, undone)
    return undone.left.length === 0 ? 0 : 255
  },
}

async function getTyped(machine: Machine, typed: string | undefined): Promise<Retirement> {
  if (typed === undefined)
    throw new ArgumentRefusal('Which key is missing.', 'See which are being retired: mayfly keys status')
  const found = await findRetirement(machine, typed)
  if (found) return found
  const { retirements } = await listRetirements(machine)
  const open = retirements.filter(({ step }) => !FINAL_STEPS.includes(step)).map(({ accessKeyId }) => accessKeyId)
  throw new Refusal('not-found', `There is no retirement of ${typed}.`, {
    hint: open.length === 0 ? 'No key is being retired.' : `Of these there is: ${open.join(', ')}`,
  })
}

async function mayGoOn(
  machine: Machine,
  options: OptionValues,
  { accessKeyId, edits, step, deactivatedBy }: Retirement,
): Promise<boolean> {
  const isLeftOff = step === 'undone' && deactivatedBy === 'us'
  if (options['yes'] === true || (FINAL_STEPS.includes(step) && !isLeftOff)) return true
  if (!machine.terminal.interactive || options['json'] === true)
    throw new ArgumentRefusal(
      'Nothing was done: nobody can be asked here.',
      `To do it without a question: mayfly keys undo ${accessKeyId} --yes`,
    )
  const files = listFiles(machine, edits, 'done', 'writing')
  const isOff = ['deactivating', 'inactive', 'deleting'].includes(step) || isLeftOff
  const does = [...(isOff ? ['Switches the key on again.'] : []), ...(files.length > 0 ? ['Puts back:', ...files] : [])]
  machine.terminal.write(foldLines(does))
  const answer = await machine.terminal.ask({ prompt: `Undo the retirement of ${accessKeyId}? [y/N]: ` })
  if (/^y(es)?$/i.test(answer)) return true
  machine.terminal.write('Nothing was done.\n')
  return false
}

/** The files whose edits are in one of these states, in lines. */
const listFiles = (
  { home }: Machine,
  edits: Retirement['edits'],
  ...states: readonly Retirement['edits'][number]['state'][]
): readonly string[] =>
  edits.filter(({ state }) => states.includes(state)).map(({ edit }) => `  ${shortenHome(edit.path, home)}`)

function write(machine: Machine, options: OptionValues, { retirement, isActivated, standing, left }: Undone): void {
  if (options['json'] === true) {
    const whole = { retirement: describeRetirement(retirement, machine.clock.now()), isActivated, left }
    machine.terminal.write(formatJson(whole))
    return
  }
  const kept = listFiles(machine, retirement.edits, 'kept')
  // Where its files went back alone, it may be as we have left it.
  const isOurs = retirement.deactivatedBy === 'us' && !isActivated && standing?.status !== 'gone'
  const isOff = standing?.status === 'Inactive' && !isActivated && !isOurs
  const lines = [
    ...(isActivated ? [`${retirement.accessKeyId} is switched on again.`] : []),
    ...(isOff ? [`${retirement.accessKeyId} stays switched off: Mayfly was not who did that.`] : []),
    ...(isOurs
      ? [`Mayfly has switched ${retirement.accessKeyId} off, and it was not switched on again. To do that:`]
      : []),
    ...(isOurs ? [`  mayfly keys undo ${retirement.accessKeyId}`] : []),
    kept.length === 0
      ? 'Every change in the files is taken back. The backups are deleted.'
      : 'These files stay as they are:',
    ...kept,
    ...left,
  ]
  machine.terminal.write(foldLines(lines))
}
