/** Application providers: the templates that applications are made from. */

import { Refusal } from '../refusal.ts'

interface ScopeText {
  readonly title: string
  readonly description: string
}

export interface ApplicationProvider {
  /** What stands behind `applicationProvider/` in its ARN. */
  readonly name: string
  readonly protocol: 'OAUTH' | 'SAML'
  readonly displayName: string
  readonly description: string
  /** The scopes that its applications take, where they serve resources. */
  readonly scopes?: Readonly<Record<string, ScopeText>>
}

/** By name, as lists have them. */
const PROVIDERS: readonly ApplicationProvider[] = [
  {
    name: 'catalog/identity-center',
    protocol: 'OAUTH',
    displayName: 'Access portal',
    description: 'Lists the accounts and roles of a person, and hands out their role credentials.',
    scopes: { 'sso:account:access': { title: 'AWS accounts', description: 'Accounts, roles and role credentials.' } },
  },
  {
    name: 'catalog/redshift',
    protocol: 'OAUTH',
    displayName: 'Data warehouse',
    description: 'A warehouse that knows the person who asks.',
    scopes: { 'redshift:connect': { title: 'Connect', description: 'Connect to the warehouse as the person.' } },
  },
  {
    name: 'catalog/s3-access-grants',
    protocol: 'OAUTH',
    displayName: 'Object storage',
    description: 'Objects that are granted to people and groups.',
    scopes: {
      's3:access_grants:read_write': { title: 'Read and write', description: 'Read and write what was granted.' },
    },
  },
  {
    name: 'custom',
    protocol: 'OAUTH',
    displayName: 'Custom application',
    description: 'An OAUTH 2.0 application of your own.',
  },
  {
    name: 'custom-saml',
    protocol: 'SAML',
    displayName: 'Custom SAML 2.0 application',
    description: 'A SAML 2.0 service provider of your own.',
  },
]

const ARN = /^arn:aws(?:-[a-z]{1,5}){0,3}:sso::aws:applicationProvider\/(.+)$/

/** Those whose names come after `after`, by name. */
export const listApplicationProviders = (after: string, limit: number): readonly ApplicationProvider[] =>
  PROVIDERS.filter(({ name }) => name > after).slice(0, limit)

/** Throws `not-found`. */
export function getApplicationProvider(arn: string): ApplicationProvider {
  const name = ARN.exec(arn)?.[1]
  const provider = PROVIDERS.find((one) => one.name === name)
  if (provider === undefined) throw new Refusal('not-found', `There is no application provider ${arn}.`)
  return provider
}

/** The ARN of a provider in a partition. */
export const applicationProviderArn = ({ name }: Pick<ApplicationProvider, 'name'>, partition: string): string =>
  `arn:${partition}:sso::aws:applicationProvider/${name}`

/** Throws `invalid` for a template from which this operation makes nothing: SAML, or the server's own services (§1.10). */
export function refuseOtherProviders({ name }: ApplicationProvider): void {
  if (name === 'custom') return
  throw new Refusal('invalid', 'Only OAuth 2.0 applications of the provider custom can be created here.')
}
