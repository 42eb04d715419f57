/**
 * Takes the service models from an unpacked botocore and writes models/PIN:
 *
 *     node tools/pin-models.ts <folder that holds botocore/data> <its version>
 *
 * Prose is dropped, because the server never shows it and it is nine tenths of the size.
 */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { root } from './build/target.ts'

const [from, version] = process.argv.slice(2)
if (!from || !version) {
  console.error('node tools/pin-models.ts <folder that holds botocore/data> <its version>')
  process.exit(2)
}

const models = join(root, 'models')
const names = readdirSync(models).filter((name) => name.endsWith('.json'))
const lines = names.map((name) => {
  const text = readModel(
    join(from, 'botocore/data', name.replace('.json', '')),
    readFileSync(join(models, name), 'utf8'),
  )
  writeFileSync(join(models, name), text)
  return `${createHash('sha256').update(text).digest('hex')}  ${name}`
})
writeFileSync(
  join(models, 'PIN'),
  `botocore ${version}, botocore/data/<service>/<version>/, without prose\n${lines.join('\n')}\n`,
)

/** The newest API version of a service, with its paginators where the present model has them. */
function readModel(folder: string, before: string): string {
  const newest = readdirSync(folder).sort().at(-1) ?? ''
  const read = (file: string): Record<string, unknown> => JSON.parse(readMaybeZipped(join(folder, newest, file)))
  const model = withoutProse(read('service-2.json')) as Record<string, unknown>
  if ('pagination' in JSON.parse(before)) model['pagination'] = read('paginators-1.json')['pagination']
  return JSON.stringify(model).replace(/[^\x20-\x7e]/g, escapeCharacter)
}

/** Spaces that no editor shows are visible in a diff. */
function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Newer botocores install their data zipped. */
function readMaybeZipped(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : gunzipSync(readFileSync(`${file}.gz`)).toString('utf8')
}

function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProse)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name, member]) => name !== 'documentation' || typeof member !== 'string')
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutProse(member)]))
}
