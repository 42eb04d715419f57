/** Start URLs: the many ways to write the address of one instance (§2.3, §2.8). */

import type { Instance } from './instance.ts'

/** What an instance answers to. */
export interface StartUrlNames {
  /** The server's own address, as browsers and clients are told to use it. */
  readonly publicUrl: string
  readonly instance: Pick<Instance, 'arn' | 'region' | 'identityStoreId' | 'startUrlAliases'>
}

/** `ssoins-<16 hex>` of an instance ARN. */
export const instanceIdOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

/** Where the probe of new CLIs is sent (§2.8 B); its region is the one they then write into `sso_region`. */
export const resolvedStartUrl = ({ arn, region }: Pick<Instance, 'arn' | 'region'>): string =>
  `https://${instanceIdOf(arn)}.portal.${region}.app.aws/`

/** An alias that needs no configuration and that no customer of AWS can have: theirs are `d-` and ten hex digits (§2.8 A). */
export const reservedStartUrl = ({ identityStoreId }: Pick<Instance, 'identityStoreId'>): string =>
  `https://d-mayfly-${identityStoreId.replace(/^d-/, '')}.awsapps.com/start`

/** Every start URL that means this instance: its own, the resolved one in both forms, its store's, and its aliases. */
export const startUrlAliasesOf = ({ publicUrl, instance }: StartUrlNames): readonly string[] => [
  `${publicUrl.replace(/\/+$/, '')}/start`,
  resolvedStartUrl(instance),
  `https://${instanceIdOf(instance.arn)}.${instance.region}.portal.amazonaws.com`,
  `https://${instance.identityStoreId}.awsapps.com/start`,
  reservedStartUrl(instance),
  ...instance.startUrlAliases,
]

/** Whether a start URL means this instance, without regard to case of the host, query, `/`, `#`, `#/` and `/start`. */
export function matchesStartUrl(asked: string, names: StartUrlNames): boolean {
  const form = canonicalStartUrl(asked)
  return form !== undefined && startUrlAliasesOf(names).some((alias) => canonicalStartUrl(alias) === form)
}

/** What two spellings of one start URL have in common; undefined when it is no http address. */
export function canonicalStartUrl(text: string): string | undefined {
  if (text.length > 2048 || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return undefined
  const path = url.pathname.replace(/\/+$/, '').replace(/\/start$/, '')
  return `${url.protocol}//${hostOf(url)}${path.replace(/\/+$/, '')}`
}

/** The three names of this very machine are one: people type whichever they like. */
const hostOf = (url: URL): string => url.host.replace(/^(?:127\.0\.0\.1|\[::1\])(?=:|$)/, 'localhost')
