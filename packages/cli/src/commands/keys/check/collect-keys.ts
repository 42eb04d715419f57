/** Which keys are to be checked, each with its secret from the place where it lies. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { detectKeys } from '../../../long-term-keys/detection/detect-keys.ts'
import { LONG_TERM_KEY_ID } from '../../../long-term-keys/key/access-key-id.ts'
import type { FoundKey } from '../../../long-term-keys/key/found-key.ts'
import { searchFile, searchUsualPlaces } from '../../../long-term-keys/search/usual-places.ts'
import type { Machine } from '../../../machine/machine.ts'
import { ArgumentRefusal } from '../../../problems/argument-refusal.ts'
import type { SharedConfig } from '../../../shared-config/shared-config.ts'
import { type CheckedKey, listCheckedKeys } from './checked-key.ts'

/** Looks through this computer; what `keys find` does. */
export type SearchComputer = () => Promise<readonly FoundKey[]>

export interface KeyWish {
  /** Ids, and names of profiles that hold one. Every key of this computer when empty. */
  readonly typed: readonly string[]
  /** What `keys find --json` printed: its ids and files count, and the secrets are read again. */
  readonly from?: string | undefined
}

const WHOLE_ID = new RegExp(`^${LONG_TERM_KEY_ID.source}$`)

/** One for each key. A typed id that lies nowhere comes without a secret; a name of nothing is refused. */
export async function collectKeys(
  machine: Machine,
  config: SharedConfig,
  { typed, from }: KeyWish,
  search: SearchComputer,
): Promise<readonly CheckedKey[]> {
  if (from !== undefined) return chosenOf(listCheckedKeys(await readFindings(machine, from)), typed, config)
  if (typed.length === 0) return listCheckedKeys(await search())
  // Where tools look first; a search of everything takes a while.
  const near = listCheckedKeys(await searchUsualPlaces(machine, [config.credentialsPath, config.configPath]))
  const isNear = (word: string): boolean => near.some((key) => isMeant(key, word) && key.secret !== undefined)
  const all = typed.every(isNear) ? near : listCheckedKeys(await search())
  return chosenOf(all, typed, config)
}

const isMeant = ({ accessKeyId, profileName }: CheckedKey, word: string): boolean =>
  accessKeyId === word || profileName === word

function chosenOf(
  keys: readonly CheckedKey[],
  typed: readonly string[],
  { profiles }: SharedConfig,
): readonly CheckedKey[] {
  if (typed.length === 0) return keys
  const chosen = typed.map((word): CheckedKey => {
    const found = keys.find((key) => isMeant(key, word))
    if (found) return found
    if (WHOLE_ID.test(word)) return { accessKeyId: word, isCanary: isCanary(word), places: [] }
    throw profiles.has(word) ? withoutKey(word) : unknownWord(word)
  })
  return [...new Map(chosen.map((key) => [key.accessKeyId, key])).values()]
}

const isCanary = (accessKeyId: string): boolean => detectKeys(accessKeyId).some((detected) => detected.isCanary)

const withoutKey = (word: string): Refusal =>
  new Refusal('not-found', `The profile "${word}" holds no long-term access key.`, {
    hint: 'See which there are: mayfly keys find',
  })

const unknownWord = (word: string): ArgumentRefusal =>
  new ArgumentRefusal(
    `"${word}" is neither the id of a long-term access key (AKIA and 16 more) nor a profile.`,
    'See which there are: mayfly keys find',
  )

/** Every id of the file's JSON that still lies in one of the files that it names; the others come without a secret. */
async function readFindings(machine: Machine, from: string): Promise<readonly FoundKey[]> {
  const text = await machine.files.readText(from)
  if (text === undefined) throw new Refusal('not-found', `There is no file ${from}.`, { hint: HINT })
  const [ids, paths] = [new Set<string>(), new Set<string>()]
  try {
    const read = (value: unknown, name: string): void => {
      if (typeof value === 'string' && name === 'accessKeyId' && WHOLE_ID.test(value)) ids.add(value)
      if (typeof value === 'string' && (name === 'path' || name === 'file')) paths.add(value)
      if (typeof value === 'object' && value !== null)
        for (const [member, inner] of Object.entries(value)) read(inner, member)
    }
    read(JSON.parse(text), '')
  } catch {
    throw new Refusal('invalid', `${from} is no JSON of mayfly keys find.`, { hint: HINT })
  }
  const found = (await Promise.all([...paths].map((path) => searchFile(machine, path)))).flat()
  const here = found.filter(({ accessKeyId }) => accessKeyId !== undefined && ids.has(accessKeyId))
  const gone = [...ids].filter((id) => !here.some(({ accessKeyId }) => accessKeyId === id))
  const bare = gone.map(
    (accessKeyId): FoundKey => ({
      accessKeyId,
      isCanary: isCanary(accessKeyId),
      kind: 'other',
      uses: [],
      place: { type: 'file', path: from, line: 1, column: 1 },
    }),
  )
  return [...here, ...bare]
}

const HINT = 'Make it with: mayfly keys find --json > FILE'
