/** Tags and colours of profiles, as a person wrote them: `~/.mayfly/tags.ini`, with headers as in the config file. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { parseTags, TAG_COLOURS, type TagRule } from '../hot/prompt-tags.ts'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import { type IniOption, parseIni } from '../shared-config/ini.ts'
import { editIni, type IniEdit } from '../shared-config/ini-editor.ts'
import { parseHeader } from '../shared-config/section-header.ts'

export const tagsPath = (machine: Pick<Machine, 'platform' | 'home'>): string =>
  joinPath(machine, ownFolder(machine), 'tags.ini')

/** The rules in the order of the file; none without one. Refuses what is wrong in it with file, line and remedy. */
export async function readTagRules(machine: Machine): Promise<readonly TagRule[]> {
  const bytes = await machine.files.read(tagsPath(machine))
  return bytes ? parseTagRules(bytes, tagsPath(machine)) : []
}

export function parseTagRules(bytes: Uint8Array, path: string): readonly TagRule[] {
  return parseIni(bytes, path).sections.map(({ header, line, options }) => {
    const named = parseHeader(header)
    if (named?.type !== 'profile') {
      throw wrong(path, line, `[${header}] names no profile.`, 'Write [profile NAME]; a * in it stands for anything.')
    }
    const rule: { pattern: string; tags: readonly string[]; colour?: TagRule['colour']; confirms?: boolean } = {
      pattern: named.name,
      tags: [],
    }
    for (const option of options) {
      if (option.name === 'tags') rule.tags = parseTags(option.value)
      else if (option.name === 'colour') rule.colour = colourOf(option, path)
      else if (option.name === 'confirm') rule.confirms = answerOf(option, path)
      else throw wrong(path, lineOf(option), `There is no key ${option.name}.`, 'The keys are: tags, colour, confirm.')
    }
    const { colour, confirms, ...rest } = rule
    return { ...rest, ...(colour !== undefined && { colour }), ...(confirms !== undefined && { confirms }) }
  })
}

/** Changes rules; every other byte of the file stays. */
export async function updateTagRules(machine: Machine, edits: readonly IniEdit[]): Promise<void> {
  const path = tagsPath(machine)
  await machine.lock.withLock(`tags:${path}`, async () => {
    const former = (await machine.files.read(path)) ?? new Uint8Array()
    // What is wrong in it is said before anything is written.
    parseTagRules(former, path)
    const bytes = editIni(former, path, edits)
    if (!Buffer.from(former).equals(bytes)) await machine.files.write(path, bytes, { mode: 0o600 })
  })
}

const lineOf = ({ lines }: IniOption): number => lines[0] ?? 0

function colourOf(option: IniOption, path: string): NonNullable<TagRule['colour']> {
  const colour = TAG_COLOURS.find((each) => each === option.value.toLowerCase())
  if (colour) return colour
  throw wrong(
    path,
    lineOf(option),
    `There is no colour ${option.value}.`,
    `The colours are: ${TAG_COLOURS.join(', ')}.`,
  )
}

function answerOf(option: IniOption, path: string): boolean {
  const value = option.value.toLowerCase()
  if (['yes', 'true', 'on'].includes(value)) return true
  if (['no', 'false', 'off'].includes(value)) return false
  throw wrong(path, lineOf(option), `confirm cannot be ${option.value}.`, 'Write: confirm = yes, or: confirm = no')
}

const wrong = (path: string, line: number, problem: string, hint: string): Refusal =>
  new Refusal('invalid', `Unable to read ${path}\n  line ${line + 1}: ${problem}`, { hint })
