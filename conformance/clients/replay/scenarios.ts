/** The recorded sessions, and what each needs before it: files, environment, choices. */

import { EXISTING, file, registrationFile, session, token } from './files-before.ts'
import { type Exchange, readSession, readSnapshots, type Snapshot } from './recording.ts'
import type { ReplayOptions, ReplayServer } from './replay-server.ts'

export interface CommandSetup extends ReplayOptions {
  /** Rows to go down in each menu. */
  readonly picks?: readonly number[]
  readonly env?: Readonly<Record<string, string>>
  /** Files laid out before the command; with `fresh` nothing else is there. */
  readonly files?: Snapshot
  readonly fresh?: boolean
  /** Typed behind the recorded words. */
  readonly more?: readonly string[]
  /** Recorded answers from another session, for requests that the recorded client did not come to. */
  readonly also?: readonly Exchange[]
  /** Files whose names hold a port, under the names that they have with ours. */
  readonly renamed?: Readonly<Record<string, string>>
  /** Which recorded snapshot the files look like afterwards. */
  readonly snapshot?: number
}

export interface Scenario {
  readonly name: string
  /** `hosts`: real host names behind a proxy and a private authority, as they were recorded. */
  readonly reach: 'endpoint' | 'hosts' | 'configured'
  /** Whether it is driven in a real pseudo-terminal as well. */
  readonly inTerminal?: boolean
  /** What of it is compared: prompts and output are the contract of 2.36.7 alone. */
  readonly compares: readonly ('shown' | 'files' | 'requests')[]
  readonly recordedAt?: string
  commands(server: ReplayServer): readonly CommandSetup[]
}

const snapshotOf = (name: string, index: number): Snapshot => readSnapshots(name)[index] ?? new Map()

/** What STS answered in every recorded session. */
const identity = (): readonly Exchange[] =>
  readSession('2.36.7-refresh')[0]?.exchanges.filter(({ target }) => target === '/') ?? []

const whole = ['shown', 'files', 'requests'] as const
const silent = ['files', 'requests'] as const
const device = ['--use-device-code']

/** Sessions of AWS CLI 2.36.7, whose words and files are ours. */
export const contract: readonly Scenario[] = [
  {
    name: '2.36.7-configure-sso-authcode',
    reach: 'endpoint',
    inTerminal: true,
    compares: whole,
    commands: () => [{ picks: [1, 0], snapshot: 0 }],
  },
  {
    name: '2.36.7-configure-sso-default-profile',
    reach: 'endpoint',
    compares: whole,
    commands: () => [{ snapshot: 0 }],
  },
  {
    name: '2.36.7-configure-sso-existing',
    reach: 'endpoint',
    inTerminal: true,
    compares: whole,
    commands: () => [{ files: file(EXISTING), picks: [0, 0], snapshot: 0 }],
  },
  {
    name: '2.36.7-configure-sso-legacy',
    reach: 'endpoint',
    inTerminal: true,
    compares: whole,
    commands: () => [{ snapshot: 0 }, { snapshot: 1 }, { snapshot: 2, also: identity() }],
  },
  {
    name: '2.36.7-configure-sso-self-hosted-start-url',
    reach: 'hosts',
    compares: whole,
    commands: ({ origin }) => [
      { picks: [0, 0], snapshot: 0, isIdentityCenter: true },
      { isIdentityCenter: true },
      {},
      {
        fresh: true,
        picks: [0, 0],
        snapshot: 1,
        renamed: { [registrationFile('http://127.0.0.1:18080/start')]: registrationFile(`${origin}/start`) },
      },
    ],
  },
  {
    name: '2.36.7-configure-sso-session',
    reach: 'endpoint',
    inTerminal: true,
    compares: whole,
    commands: () => [{ snapshot: 0 }, { snapshot: 1 }],
  },
  {
    name: '2.36.7-use-and-export',
    reach: 'endpoint',
    recordedAt: '2026-11-21T01:29:33Z',
    compares: whole,
    commands: () => [
      { files: snapshotOf('2.36.7-configure-sso-authcode', 0) },
      ...Array.from({ length: 9 }, () => ({})),
      { snapshot: 0 },
    ],
  },
  {
    name: '2.36.7-login-variants',
    reach: 'endpoint',
    recordedAt: '2026-11-21T01:29:40Z',
    compares: whole,
    commands: () => [
      { files: snapshotOf('2.36.7-use-and-export', 0) },
      { snapshot: 0 },
      { snapshot: 1 },
      {},
      { snapshot: 2 },
    ],
  },
  {
    name: '2.36.7-logout',
    reach: 'endpoint',
    recordedAt: '2026-11-21T01:29:56Z',
    compares: whole,
    commands: () => [{ files: snapshotOf('2.36.7-logout', 0), snapshot: 0 }, { snapshot: 1 }, {}, {}, { snapshot: 1 }],
  },
  {
    name: '2.36.7-refresh',
    reach: 'endpoint',
    compares: whole,
    commands: () => [
      { ...token(10), snapshot: 0 },
      token(10),
      token(5),
      token(-10),
      token(-10, { refresh: false }),
      token(-10, { registration: -5 }),
      token(-30 * 24 * 60),
      { ...token(10), snapshot: 1 },
    ],
  },
  {
    name: '2.36.7-error-type-header',
    reach: 'endpoint',
    compares: whole,
    commands: () => [{ files: file(session()), errorType: 'body' }, { errorType: 'body' }, { errorType: 'header' }],
  },
  {
    name: '2.36.7-endpoint-config',
    reach: 'configured',
    compares: whole,
    commands: ({ origin }) => {
      const services = `${session().replace('region = us-east-1\n', 'region = us-east-1\nservices = ours\n')}
[services ours]
${['sso_oidc', 'sso', 'sts'].map((name) => `${name} =\n  endpoint_url = ${origin}\n`).join('')}`
      const own = session().replace('region = us-east-1\n', `region = us-east-1\nendpoint_url = ${origin}\n`)
      const everywhere = { AWS_ENDPOINT_URL: origin }
      return [
        { files: file(services) },
        {},
        {},
        { fresh: true, files: file(own) },
        {},
        { fresh: true, files: file(session()), env: { AWS_ENDPOINT_URL: `${origin}/prefix` } },
        { env: everywhere },
        { env: everywhere },
        { env: everywhere },
      ]
    },
  },
  {
    name: '2.36.7-hosts-tls',
    reach: 'hosts',
    compares: whole,
    commands: () => [{ files: file(session()) }, {}, {}],
  },
  {
    name: '2.36.7-vanity-url',
    reach: 'hosts',
    compares: whole,
    commands: () => {
      const files = file(session('https://sso.corp.example/start'))
      const region = 'https://ssoins-1234.portal.eu-west-1.app.aws/'
      const env = { AWS_ENDPOINT_URL: 'https://localhost' }
      return [
        { files, location: 'https://d-1.awsapps.com/start', snapshot: 0 },
        { location: region, env, snapshot: 1 },
        { location: region, env },
        { location: 'https://sso.corp.example/other', env },
        { env },
      ]
    },
  },
]

/** Sessions of AWS CLI 2.9.19, whose files and requests are ours when we sign in with a device code. */
export const formerVersion: readonly Scenario[] = [
  {
    name: '2.9.19-configure-sso',
    reach: 'endpoint',
    compares: silent,
    commands: () => [{ more: device, picks: [0, 1], snapshot: 0 }],
  },
  {
    name: '2.9.19-configure-sso-legacy',
    reach: 'endpoint',
    compares: silent,
    commands: () => [{ snapshot: 0 }],
  },
  {
    name: '2.9.19-configure-sso-session',
    reach: 'endpoint',
    compares: silent,
    commands: () => [{ snapshot: 0 }],
  },
  {
    name: '2.9.19-login-use-logout',
    reach: 'endpoint',
    recordedAt: '2026-11-21T01:36:31Z',
    compares: silent,
    commands: () => [
      { files: snapshotOf('2.9.19-configure-sso', 0), more: device },
      { more: device },
      {},
      ...Array.from({ length: 6 }, () => ({})),
      { snapshot: 0 },
      {},
      {},
    ],
  },
  { name: '2.9.19-refresh', reach: 'endpoint', compares: silent, commands: () => [token(10)] },
]

/** The environment in which a scenario's hosts lead to the replay server. */
export function environmentOf(reach: Scenario['reach'], server: ReplayServer): Record<string, string> {
  if (reach === 'endpoint') return { AWS_ENDPOINT_URL: server.origin }
  if (reach === 'configured') return {}
  // Its own pages on 127.0.0.1 are reached directly, as a browser would.
  return { HTTPS_PROXY: server.origin, AWS_CA_BUNDLE: server.caBundle }
}
