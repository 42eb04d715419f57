/** What a search found as SARIF 2.1.0 (OASIS), which code scanning reads. */

import { createHash } from 'node:crypto'
import { posix, win32 } from 'node:path'
import type { FoundKey } from '../../../long-term-keys/key/found-key.ts'
import type { KeySearch } from '../../../long-term-keys/search/key-search.ts'
import type { Platform } from '../../../machine/machine.ts'

export interface SarifSettings {
  /** The folder that paths are written from. Absolute. */
  readonly base: string
  readonly platform: Platform
}

const BASE = 'SRCROOT'

const RULES = [
  rule(
    'long-term-key',
    'error',
    'A long-term access key with its secret',
    'Whoever reads it can use it until it is switched off.',
  ),
  rule(
    'long-term-key-id',
    'note',
    'The id of a long-term access key',
    'It opens nothing by itself, and shows that the key exists.',
  ),
  rule(
    'secret-access-key',
    'error',
    'A secret access key without its id',
    'Whoever finds its id elsewhere can use it.',
  ),
  rule('canary-key', 'note', 'A canary', 'It opens nothing, and whoever uses it raises an alarm.'),
] as const

/** A log of one run, with the files of `base` named from there. It holds no secret, nor anything made of one. */
export function formatSarif({ found, ended, passedOver }: KeySearch, settings: SarifSettings): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'mayfly', rules: RULES } },
        originalUriBaseIds: { [BASE]: { uri: uriOf(`${settings.base.replace(/[/\\]+$/, '')}/`, settings.platform) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: ended === 'whole',
            toolExecutionNotifications: passedOver.map(({ what, count }) => ({
              level: 'note',
              message: { text: `Not looked at: ${count} ${what}.` },
            })),
          },
        ],
        results: found.map((key) => describeResult(key, settings)),
      },
    ],
  }
}

function rule(id: string, level: 'error' | 'note', name: string, help: string) {
  return {
    id,
    shortDescription: { text: `${name}.` },
    fullDescription: { text: `${name}. ${help}` },
    help: { text: `${help} Replace it: mayfly keys plan` },
    defaultConfiguration: { level },
  }
}

function ruleOf({ isCanary, accessKeyId, secret }: FoundKey): (typeof RULES)[number] {
  const [whole, idAlone, secretAlone, canary] = RULES as readonly [Rule, Rule, Rule, Rule]
  if (isCanary) return canary
  if (accessKeyId === undefined) return secretAlone
  return secret ? whole : idAlone
}

type Rule = (typeof RULES)[number]

function describeResult(key: FoundKey, settings: SarifSettings): object {
  const { id, defaultConfiguration, shortDescription } = ruleOf(key)
  const { accessKeyId, accountId, secret, uses, place } = key
  const what = [
    accessKeyId ?? `a secret that ends in ${secret}`,
    accountId === undefined ? '' : `of account ${accountId}`,
    uses.length === 0
      ? ''
      : `used by ${uses.map(({ tool, name }) => (name === undefined ? tool : `${tool} [${name}]`)).join(', ')}`,
  ]
  return {
    ruleId: id,
    ruleIndex: RULES.findIndex((each) => each.id === id),
    level: defaultConfiguration.level,
    message: { text: `${shortDescription.text.slice(0, -1)}: ${what.filter((word) => word !== '').join(', ')}.` },
    locations: [{ physicalLocation: locate(key, settings) }],
    partialFingerprints: { 'mayflyKey/v1': fingerprintOf(key, settings) },
    properties: {
      kind: key.kind,
      ...(place.type === 'history' && {
        repository: place.repository,
        commit: place.commit ?? null,
        object: place.object,
      }),
    },
  }
}

function locate({ place }: FoundKey, settings: SarifSettings): object {
  if (place.type === 'environment')
    return { artifactLocation: { uri: `environment:${encodeURIComponent(place.variable)}` } }
  const region = { startLine: place.line, startColumn: place.column }
  const paths = settings.platform === 'win32' ? win32 : posix
  const path =
    place.type === 'file' ? place.path : paths.join(place.repository, place.path ?? `.git/objects/${place.object}`)
  return { artifactLocation: artifactOf(path, settings), region }
}

function artifactOf(path: string, { base, platform }: SarifSettings): object {
  const paths = platform === 'win32' ? win32 : posix
  const relative = paths.relative(base, path)
  const isOutside = relative === '' || relative.startsWith('..') || paths.isAbsolute(relative)
  if (isOutside) return { uri: uriOf(path, platform) }
  return { uri: relative.split(paths.sep).map(encodeURIComponent).join('/'), uriBaseId: BASE }
}

function uriOf(path: string, platform: Platform): string {
  const whole = platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path
  return `file://${whole
    .split('/')
    .map((name, index) => (index === 1 && platform === 'win32' ? name : encodeURIComponent(name)))
    .join('/')}`
}

/** The same for the same key in the same file, wherever in it. Of a secret without an id, its last four characters count. */
function fingerprintOf({ accessKeyId, secret, place }: FoundKey, { base, platform }: SarifSettings): string {
  const paths = platform === 'win32' ? win32 : posix
  const where =
    place.type === 'environment'
      ? place.variable
      : place.type === 'file'
        ? paths.relative(base, place.path)
        : `${place.path ?? place.object}`
  return createHash('sha256')
    .update(`${accessKeyId ?? secret}\0${where}`)
    .digest('hex')
    .slice(0, 32)
}
