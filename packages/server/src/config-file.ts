/** Settings from a file (`--config`, YAML or JSON) and from files that variables name: they become variables. */

import { readFile } from 'node:fs/promises'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Document, LineCounter, Pair, Scalar } from 'yaml'
import { OPTIONS, VARIABLES, variableOf } from './config.ts'
import { findNearest } from './example/nearest-name.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Names that a file does not set: what only asks, and what names the file itself. */
const NOT_IN_FILES = new Set(['config', 'help', 'version', 'endpoint'])

/** Every key of a configuration file, and the variable that it stands for. */
export const FILE_KEYS: ReadonlyMap<string, string> = new Map([
  ...Object.keys(OPTIONS)
    .filter((name) => !NOT_IN_FILES.has(name))
    .map((name): [string, string] => [name, variableOf(name) ?? '']),
  ...Object.keys(VARIABLES).map((name): [string, string] => [keyOf(name), name]),
])

function keyOf(variable: string): string {
  return variable.replace('MAYFLY_', '').toLowerCase().replaceAll('_', '-')
}

/**
 * The variables that count: those of the environment, then what their `…_FILE` name, then the configuration file. Throws
 * `invalid` for a file that makes no sense, with its name, the line and what to write.
 */
export async function readEnvironment(argv: readonly string[], env: Environment): Promise<Environment> {
  const fromFiles: Record<string, string> = {}
  for (const name of FILE_KEYS.values()) {
    const file = env[`${name}_FILE`]
    if (file !== undefined && file !== '') fromFiles[name] = (await readText(file, `${name}_FILE`)).trimEnd()
  }
  const file = findConfigFile(argv, env)
  const configured =
    file === undefined ? {} : parseConfigFile(await readText(file, '--config'), file, await import('yaml'))
  return { ...configured, ...fromFiles, ...env }
}

function findConfigFile(argv: readonly string[], env: Environment): string | undefined {
  const end = argv.indexOf('--')
  const typed = end < 0 ? argv : argv.slice(0, end)
  for (const [index, word] of typed.entries()) {
    if (word === '--config') return typed[index + 1]
    if (word.startsWith('--config=')) return word.slice('--config='.length)
  }
  const named = env['MAYFLY_CONFIG']
  return named === '' ? undefined : named
}

async function readText(file: string, option: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Refusal('invalid', `${option}: the file ${file} cannot be read.`, {
      hint: 'Check its name, and that the user who runs the server may read it.',
      cause: error,
    })
  })
}

type Yaml = Pick<typeof import('yaml'), 'parseDocument' | 'LineCounter' | 'isMap' | 'isScalar' | 'isSeq'>

/** The variables that a configuration file stands for. `file` is for messages. */
function parseConfigFile(text: string, file: string, yaml: Yaml): Record<string, string> {
  const lines = new yaml.LineCounter()
  const document: Document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [broken] = document.errors
  if (broken) throw refusal(file, lines, broken.pos[0], broken.message.split('\n')[0] ?? 'It is no YAML.')
  if (document.contents === null) return {}
  if (!yaml.isMap(document.contents)) throw refusal(file, lines, 0, 'Write one setting a line: port: 7373')
  const variables: Record<string, string> = {}
  for (const pair of document.contents.items as Pair<Scalar, unknown>[]) {
    const key = String(pair.key.value)
    const variable = FILE_KEYS.get(key)
    const offset = pair.key.range?.[0] ?? 0
    if (variable === undefined) throw refusal(file, lines, offset, unknownKey(key))
    const value = textOf(pair.value, yaml)
    if (value === undefined) throw refusal(file, lines, offset, `${key} wants one value, or a list of values.`)
    variables[variable] = value
  }
  return variables
}

function unknownKey(key: string): string {
  const near = findNearest(key, [...FILE_KEYS.keys()])
  return `There is no setting ${key}.${near === undefined ? '' : ` Did you mean ${near}?`}`
}

/** A list as a variable has it: with commas. A map, as `quota` may be, as `name=value`. */
function textOf(node: unknown, yaml: Yaml): string | undefined {
  if (yaml.isScalar(node)) return node.value === null ? '' : String(node.source ?? node.value)
  if (yaml.isSeq(node)) {
    const parts = node.items.map((item) => textOf(item, yaml))
    return parts.includes(undefined) ? undefined : parts.join(',')
  }
  if (!yaml.isMap(node)) return undefined
  const parts = (node.items as Pair<Scalar, unknown>[]).map(({ key, value }) => {
    const text = textOf(value, yaml)
    return text === undefined ? undefined : `${String(key.value)}=${text}`
  })
  return parts.includes(undefined) ? undefined : parts.join(',')
}

function refusal(file: string, lines: LineCounter, offset: number, problem: string): Refusal {
  return new Refusal('invalid', `${file}, line ${lines.linePos(offset).line}: ${problem}`, {
    hint: 'docs/reference/configuration.md lists every setting; their names are those of the options.',
  })
}
