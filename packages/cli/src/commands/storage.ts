/** storage: how secrets are kept, and the ways from one mode to the other. */

import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { type Command, jsonOption } from './command.ts'
import { describeStorage, type StorageDescription } from './storage/describe.ts'
import { formatDescription, formatMove, formatTraps, formatUnfinished } from './storage/format.ts'
import { type MoveReport, moveToSealed, moveToShared } from './storage/move.ts'

const TRAPS = 'traps: [{ kind, weight, profile, message, evidence, hint }]'

export const storage: Command = {
  words: 'storage',
  summary: 'show how tokens and credentials are kept, and what stands in their way',
  options: [
    jsonOption(
      `{ mode, key: { id, keptIn, state }, held: { tokens, roles }, profiles: { sealed, shared }, interrupted, unsealed, retirements, ${TRAPS} }; a state is at-hand, locked, gone or out-of-reach`,
    ),
  ],
  example: 'mayfly storage',
  async run(options, machine) {
    const description = await describeStorage(machine)
    if (options['json'] === true) writeJson(machine, describeAsJson(description))
    else machine.terminal.write(formatDescription(description))
    return 0
  },
}

function describeAsJson(description: StorageDescription) {
  const { storage: kept, keyState, held, profiles, interrupted, unsealed, retirements, traps } = description
  return {
    mode: kept.mode,
    key: kept.mode === 'sealed' ? { ...kept.key, state: keyState ?? null } : null,
    held: { tokens: held.sso, roles: held.cli },
    profiles,
    interrupted: interrupted ?? null,
    unsealed,
    retirements,
    traps: traps.map((trap) => ({ ...trap, profile: trap.profile ?? null })),
  }
}

export const storageCheck: Command = {
  words: 'storage check',
  summary: 'look for settings that lead to other credentials, and for secrets in plain text',
  options: [
    jsonOption(
      `{ ${TRAPS}, interrupted, unsealed }; a weight is wrong, exposed or note; unsealed counts files in plain text that came since`,
    ),
  ],
  example: 'mayfly storage check',
  async run(options, machine) {
    const { traps, unsealed, interrupted } = await describeStorage(machine)
    const found = `${formatUnfinished({ interrupted, unsealed })}${formatTraps(traps)}`
    if (options['json'] === true) {
      const named = traps.map((trap) => ({ ...trap, profile: trap.profile ?? null }))
      writeJson(machine, { traps: named, interrupted: interrupted ?? null, unsealed })
    } else machine.terminal.write(found.replace(/^\n/, '') || 'Nothing stands in the way.\n')
    const isFine = unsealed === 0 && interrupted === undefined && traps.every(({ weight }) => weight === 'note')
    return isFine ? 0 : 255
  },
}

const MOVE_JSON = jsonOption(
  '{ mode, carried, profiles: { moved, kept: [{ profile, reason }] }, left, foreign, problems }',
)

export const storageSealed: Command = {
  words: 'storage sealed',
  summary: 'encrypt tokens and credentials; profiles then run a credential_process. Nobody signs in again',
  options: [
    { name: '--passphrase', summary: 'keep the key behind a passphrase instead of in the keychain' },
    { name: '--keychain', summary: 'keep the key in the keychain instead of behind a passphrase' },
    { name: '--new-key', summary: 'give the present key up, with what is sealed under it, and begin anew' },
    MOVE_JSON,
  ],
  example: 'mayfly storage sealed',
  async run(options, machine) {
    const [passphrase, keychain] = [options['passphrase'] === true, options['keychain'] === true]
    if (passphrase && keychain)
      throw new ArgumentRefusal(
        'argument --passphrase: not allowed with --keychain',
        'See: mayfly storage sealed --help',
      )
    const keptIn = passphrase ? 'passphrase' : keychain ? 'keychain' : undefined
    const report = await moveToSealed(machine, { ...(keptIn && { keptIn }), newKey: options['new-key'] === true })
    return tell(machine, 'sealed', report, options['json'] === true)
  },
}

export const storageShared: Command = {
  words: 'storage shared',
  summary: "put tokens and profiles back where AWS's tools find them, in plain text. Nobody signs in again",
  options: [
    { name: '--abandon', summary: 'go back even when the key is lost: what is sealed is then lost as well' },
    MOVE_JSON,
  ],
  example: 'mayfly storage shared',
  async run(options, machine) {
    const report = await moveToShared(machine, { abandons: options['abandon'] === true })
    return tell(machine, 'shared', report, options['json'] === true)
  },
}

async function tell(machine: Machine, mode: 'sealed' | 'shared', report: MoveReport, json: boolean): Promise<number> {
  const { moved, kept, carried, left, foreign, problems } = report
  // It holds credentials by their names, not by the mode they came from; it must ask again.
  const { askAgent } = await import('../agent/client.ts')
  await askAgent(machine, { ask: 'forget' })
  if (json) writeJson(machine, { mode, carried, profiles: { moved, kept }, left, foreign, problems })
  else machine.terminal.write(formatMove(mode, report))
  return problems.length === 0 ? 0 : 255
}

const writeJson = (machine: Machine, value: object): void =>
  machine.terminal.write(`${JSON.stringify(value, undefined, 2)}\n`)
