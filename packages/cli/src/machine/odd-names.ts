/** Names of files that are no UTF-8, as an old disk has them: they are spelled so that each is another, and found by its bytes. */

import { readdirSync } from 'node:fs'

/** What stands for bytes that are no UTF-8, in what Node reads. */
const LOST = '\ufffd'

/** The bytes of paths whose last name had to be spelled, by their spelling. */
const odd = new Map<string, Buffer>()

/** A path as the system takes it. */
export function systemPath(path: string): string | Buffer {
  if (odd.size === 0) return path
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    const bytes = odd.get(path.slice(0, end))
    if (bytes) return Buffer.concat([bytes, Buffer.from(path.slice(end))])
  }
  return path
}

/** `\xFC` for a byte that is none of UTF-8. */
export function spellName(name: Buffer): string {
  const text = name.toString()
  if (!text.includes(LOST)) return text
  let spelled = ''
  for (let at = 0; at < name.length; ) {
    const size = [1, 2, 3, 4].find((length) => isCharacter(name.subarray(at, at + length)))
    spelled += size
      ? name.toString('utf8', at, at + size)
      : `\\x${(name[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`
    at += size ?? 1
  }
  return spelled
}

const isCharacter = (bytes: Buffer): boolean =>
  [...bytes.toString()].length === 1 && Buffer.from(bytes.toString()).equals(bytes)

/** Spells the names of one folder, as Node reads them one after the other. */
export function createSpeller(folder: string): (name: string) => string {
  let names: Buffer[] | undefined
  return (name) => {
    if (!name.includes(LOST)) return name
    names ??= listOddNames(folder)
    const index = names.findIndex((bytes) => bytes.toString() === name)
    // That sign may stand in a name itself.
    const [bytes] = index < 0 ? [] : names.splice(index, 1)
    if (!bytes) return name
    const start = folder.endsWith('/') ? folder : `${folder}/`
    const spelled = spellName(bytes)
    odd.set(start + spelled, Buffer.concat([Buffer.from(systemPath(start)), bytes]))
    return spelled
  }
}

function listOddNames(folder: string): Buffer[] {
  try {
    const names = readdirSync(systemPath(folder), { encoding: 'buffer' })
    return names.filter((name) => !Buffer.from(name.toString()).equals(name))
  } catch {
    return []
  }
}
