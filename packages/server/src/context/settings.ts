/** What the operator has set, as the rest of the server reads it. */

import type { Quotas } from '@mayfly/identity-center/quotas'

export interface TlsFiles {
  readonly certificate: string
  readonly key: string
}

export interface SmtpServer {
  readonly host: string
  readonly port: number
  /** From the first byte, by STARTTLS or not at all, or not. */
  readonly tls: 'always' | 'starttls' | 'off'
  readonly user?: string
  readonly password?: string
}

export type LogLevel = 'silent' | 'error' | 'warn' | 'info'

export interface Config {
  /** Where the database and the server key lie. */
  readonly dataFolder: string
  /** The address to listen on. */
  readonly host: string
  /** 0 lets the machine choose. */
  readonly port: number
  /** How people and clients reach the server from elsewhere, without a trailing slash; its path is a prefix. */
  readonly publicUrl?: string
  /** `sqlite:<file>` or `postgres://…` */
  readonly databaseUrl: string
  /** Load the example organization into an empty data folder. */
  readonly example: boolean
  /** The document to load in place of the example organization's. */
  readonly exampleFile?: string
  readonly tls?: TlsFiles
  /** The networks whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed, in CIDR notation. */
  readonly trustedProxies: readonly string[]
  /** Networks in CIDR notation in which trusted token issuers may be, although strangers' servers are not asked there. */
  readonly issuerNetworks: readonly string[]
  /** The root key, base64url, when the operator keeps it elsewhere than in the data folder. */
  readonly serverKey?: string
  /** The root key before it, for keys that are still sealed by that one. */
  readonly previousServerKey?: string
  /** The region of a new instance: what clients configure as `sso_region`. */
  readonly region: string
  /** The management account of a new instance; one is made up when it is absent. */
  readonly managementAccount?: string
  /** Where mails are handed in; without it they are written into the folder `outbox` of the data folder. */
  readonly smtp?: SmtpServer
  /** The address that mails come from. */
  readonly mailFrom?: string
  /** Whoever shows it may read `/metrics` from elsewhere than this machine. */
  readonly metricsToken?: string
  readonly logLevel: LogLevel
  /** How many unsigned calls that create something (RegisterClient and the like) one address may make a minute. */
  readonly unsignedCallsPerMinute: number
  /** How many there may be of each thing. */
  readonly quotas: Quotas
}
