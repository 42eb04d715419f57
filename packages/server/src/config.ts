/** What the operator may set: options, and an environment variable for each. */

import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_QUOTAS, type QuotaName, type Quotas } from '@mayfly/identity-center/quotas'
import { Refusal } from '@mayfly/identity-center/refusal'
import { COMMAND_OPTIONS, type CommandValues } from './commands/options.ts'
import type { Config, LogLevel } from './context/settings.ts'
import { parseMailFrom, parseSmtpUrl } from './smtp-url.ts'

interface Option {
  readonly type: 'string' | 'boolean'
  readonly multiple?: true
  /** What stands behind the option in the help. */
  readonly value?: string
  readonly summary: string
}

/** Every option of the server's command line, in the order of the help. */
export const OPTIONS = {
  config: { type: 'string', value: 'FILE', summary: 'settings in YAML or JSON; options and variables count before it' },
  data: { type: 'string', value: 'DIR', summary: 'where the database and the server key lie (./mayfly-data)' },
  port: { type: 'string', value: 'N', summary: 'the port to listen on; 0 takes a free one (7373)' },
  host: { type: 'string', value: 'H', summary: 'the address to listen on (127.0.0.1)' },
  'public-url': { type: 'string', value: 'URL', summary: 'how others reach the server; its path is a prefix' },
  database: { type: 'string', value: 'URL', summary: 'postgres://… in place of the embedded database' },
  example: { type: 'boolean', summary: 'load the example organization; listens on loopback only' },
  'tls-cert': { type: 'string', value: 'FILE', summary: 'the certificate chain, PEM' },
  'tls-key': { type: 'string', value: 'FILE', summary: 'its private key, PEM' },
  'trust-proxy': {
    type: 'string',
    multiple: true,
    value: 'CIDR',
    summary: 'believe X-Forwarded-For and -Proto from these networks; may be repeated',
  },
  'issuer-network': {
    type: 'string',
    multiple: true,
    value: 'CIDR',
    summary: 'trusted token issuers may be in these networks, although they are private; may be repeated',
  },
  region: { type: 'string', value: 'R', summary: 'the region of a new instance (us-east-1)' },
  quota: {
    type: 'string',
    multiple: true,
    value: 'NAME=N',
    summary: "how many there may be, in place of AWS's number: permissionSets=5000; may be repeated",
  },
  'management-account': { type: 'string', value: 'ID', summary: 'the management account of a new instance' },
  'smtp-url': {
    type: 'string',
    value: 'URL',
    summary: 'where mails are handed in: smtps://user:password@host (else they are written into DIR/outbox)',
  },
  'mail-from': {
    type: 'string',
    value: 'ADDRESS',
    summary: 'whom mails are from (no-reply@ and the name of the public URL)',
  },
  'metrics-token': {
    type: 'string',
    value: 'TOKEN',
    summary: 'who shows it as a bearer token may read /metrics from elsewhere; without it this machine alone may',
  },
  endpoint: { type: 'string', value: 'URL', summary: 'for client-files: the address to write (the public URL)' },
  'log-level': { type: 'string', value: 'LEVEL', summary: 'info (a line a request), warn, error or silent (info)' },
  help: { type: 'boolean', summary: 'this text' },
  version: { type: 'boolean', summary: 'the version' },
} as const satisfies Record<string, Option>

/** What is set by a variable alone. */
export const VARIABLES = {
  MAYFLY_SERVER_KEY: 'the server key (32 bytes, base64url) in place of DIR/server.key',
  MAYFLY_PREVIOUS_SERVER_KEY: 'the server key before it, while `keys rotate-root` has not sealed everything anew',
  MAYFLY_EXAMPLE: 'true for --example, or the file of an organization document to serve in its place',
  MAYFLY_UNSIGNED_CALLS_PER_MINUTE: 'how many unsigned calls one address may make in a minute (600)',
} as const

/** The variable that stands for an option; none stands for what only asks. */
export const variableOf = (option: string): string | undefined =>
  option === 'help' || option === 'version' ? undefined : `MAYFLY_${option.toUpperCase().replaceAll('-', '_')}`

type Name = keyof typeof OPTIONS
type Values = { readonly [N in Name]?: string | boolean | string[] } & CommandValues

export interface CommandLine {
  /** What is not an option: the command and its arguments. */
  readonly words: readonly string[]
  readonly help: boolean
  readonly version: boolean
  /** `--endpoint`, for the command client-files. */
  readonly endpoint?: string
  /** What single commands were told. */
  readonly options: CommandValues
  readonly config: Config
}

type Environment = Readonly<Record<string, string | undefined>>

/** Options count before variables (`--public-url` before `MAYFLY_PUBLIC_URL`). Throws `invalid` for what makes no sense. */
export function parseCommandLine(argv: readonly string[], env: Environment): CommandLine {
  const { values, words } = parseOptions(argv)
  const text = (name: Name): string | undefined => {
    const value = values[name] ?? env[variableOf(name) ?? '']
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const endpoint = text('endpoint')
  return {
    words,
    ...(endpoint === undefined ? {} : { endpoint }),
    options: values,
    help: values.help === true,
    version: values.version === true,
    config: checkTogether(readConfig(values, text, env)),
  }
}

function parseOptions(argv: readonly string[]): { values: Values; words: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { ...OPTIONS, ...COMMAND_OPTIONS },
      allowPositionals: true,
    })
    return { values, words: positionals }
  } catch (error) {
    throw new Refusal('invalid', firstSentence(error), { hint: 'mayfly-server --help names every option.' })
  }
}

/** The rest of what Node says explains how to write an argument that begins with a dash. */
const firstSentence = (error: unknown): string =>
  `${(error instanceof Error ? error.message : String(error)).split(/[.\n] ?/)[0]}.`

function readConfig(values: Values, text: (name: Name) => string | undefined, env: Environment): Config {
  const dataFolder = resolve(text('data') ?? './mayfly-data')
  const publicUrl = parsePublicUrl(text('public-url'))
  const tls = parseTls(text('tls-cert'), text('tls-key'))
  const serverKey = env['MAYFLY_SERVER_KEY']
  const previousServerKey = env['MAYFLY_PREVIOUS_SERVER_KEY']
  const managementAccount = text('management-account')
  const [smtp, mailFrom] = [parseSmtpUrl(text('smtp-url')), parseMailFrom(text('mail-from'))]
  const metricsToken = parseMetricsToken(text('metrics-token'))
  const networksOf = (name: 'trust-proxy' | 'issuer-network'): string[] => {
    const networks = values[name] ?? env[variableOf(name) ?? '']?.split(',').filter((part) => part !== '') ?? []
    return (Array.isArray(networks) ? networks : []).map((network) => parseNetwork(`--${name}`, network))
  }
  return {
    dataFolder,
    host: text('host') ?? '127.0.0.1',
    port: parseNumber('--port', text('port') ?? '7373', 65_535),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    databaseUrl: text('database') ?? `sqlite:${join(dataFolder, 'mayfly.db')}`,
    ...readExampleSetting(values.example === true, env['MAYFLY_EXAMPLE'] ?? ''),
    ...(tls === undefined ? {} : { tls }),
    trustedProxies: networksOf('trust-proxy'),
    issuerNetworks: networksOf('issuer-network'),
    ...(serverKey === undefined || serverKey === '' ? {} : { serverKey }),
    ...(previousServerKey === undefined || previousServerKey === '' ? {} : { previousServerKey }),
    region: text('region') ?? 'us-east-1',
    ...(managementAccount === undefined ? {} : { managementAccount }),
    ...(smtp === undefined ? {} : { smtp }),
    ...(mailFrom === undefined ? {} : { mailFrom }),
    ...(metricsToken === undefined ? {} : { metricsToken }),
    logLevel: parseLogLevel(text('log-level') ?? 'info'),
    unsignedCallsPerMinute: parseNumber(
      'MAYFLY_UNSIGNED_CALLS_PER_MINUTE',
      env['MAYFLY_UNSIGNED_CALLS_PER_MINUTE'] ?? '600',
      1_000_000,
    ),
    quotas: readQuotas(values.quota ?? env['MAYFLY_QUOTA']?.split(',').filter((part) => part !== '')),
  }
}

/** AWS's numbers, but for those that are set as `permissionSets=5000`. */
function readQuotas(texts: Values['quota']): Quotas {
  const quotas: Record<QuotaName, number> = { ...DEFAULT_QUOTAS }
  for (const text of Array.isArray(texts) ? texts : []) {
    const [name = '', number = ''] = text.split('=')
    if (!(name in quotas)) {
      throw new Refusal('invalid', `--quota knows no ${name}.`, {
        hint: `It knows: ${Object.keys(quotas).join(', ')}.`,
      })
    }
    quotas[name as QuotaName] = parseNumber(`--quota ${name}`, number, 10_000_000)
  }
  return quotas
}

/** `true`, or the file of a document to load in place of the example organization's. */
function readExampleSetting(isWanted: boolean, variable: string): Pick<Config, 'example' | 'exampleFile'> {
  if (['', 'true', 'false'].includes(variable)) return { example: isWanted || variable === 'true' }
  return { example: true, exampleFile: variable }
}

const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', '[::1]', 'localhost'].includes(host)

function checkTogether(config: Config): Config {
  if (config.example && !isLoopback(config.host)) {
    throw new Refusal('invalid', '--example listens on loopback only: everybody knows its passwords.', {
      hint: 'Leave out --host, or leave out --example.',
    })
  }
  if (config.example && config.publicUrl !== undefined && !isLoopback(new URL(config.publicUrl).hostname)) {
    throw new Refusal('invalid', '--example answers on loopback only: everybody knows its passwords.', {
      hint: 'Leave out --public-url, or leave out --example.',
    })
  }
  if (config.managementAccount !== undefined && !/^\d{12}$/.test(config.managementAccount)) {
    throw new Refusal('invalid', '--management-account wants the twelve digits of an AWS account.')
  }
  if (!/^[a-z0-9-]{1,32}$/.test(config.region))
    throw new Refusal('invalid', '--region wants a region such as us-east-1.')
  checkDatabase(config.databaseUrl)
  return config
}

/** Whatever is wrong with it, the message holds nothing of it: there may be a password in it. */
function checkDatabase(url: string): void {
  if (url.startsWith('sqlite:')) return
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new Refusal('invalid', '--database wants postgres://user@host/name, or sqlite:FILE.')
  }
  if (isAddress(url)) return
  throw new Refusal('invalid', '--database is not an address such as postgres://user:password@host:5432/name.', {
    hint: 'Write what is special in a password as % and two digits: @ as %40, : as %3A, / as %2F, # as %23, % as %25.',
  })
}

function isAddress(text: string): boolean {
  try {
    const { username, password, pathname } = new URL(text)
    decodeURIComponent(username + password + pathname)
    return true
  } catch {
    return false
  }
}

function parseNetwork(option: string, text: string): string {
  const [address = '', length, ...rest] = text.trim().split('/')
  const most = isIP(address) === 6 ? 128 : 32
  const isLength = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= most)
  if (isIP(address) !== 0 && isLength && rest.length === 0) return text.trim()
  throw new Refusal('invalid', `${option} wants an address or a network such as 10.0.0.0/8.`)
}

function parsePublicUrl(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const url = URL.parse(text)
  const isPlain = url !== null && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (!isPlain || !['http:', 'https:'].includes(url.protocol)) {
    throw new Refusal('invalid', '--public-url wants an address such as https://sign-in.example.com.')
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function parseTls(certificate: string | undefined, key: string | undefined): Config['tls'] {
  if (certificate === undefined && key === undefined) return undefined
  if (certificate === undefined || key === undefined) {
    throw new Refusal('invalid', '--tls-cert and --tls-key go together.')
  }
  return { certificate, key }
}

function parseNumber(name: string, text: string, most: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number <= most) return number
  throw new Refusal('invalid', `${name} wants a number from 0 to ${most}.`)
}

function parseLogLevel(text: string): LogLevel {
  if (text === 'info' || text === 'warn' || text === 'error' || text === 'silent') return text
  throw new Refusal('invalid', '--log-level is info, warn, error or silent.')
}

function parseMetricsToken(text: string | undefined): string | undefined {
  if (text === undefined || /^[\x21-\x7e]{16,}$/.test(text)) return text
  throw new Refusal('invalid', '--metrics-token wants 16 or more characters without blanks.')
}
