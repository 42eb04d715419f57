/** The pinned models, by service; each is read when it is first asked for. */

import type { ServiceModel, ServiceName } from './service-model.ts'

const JSON_MODULE = { with: { type: 'json' } } as const

// `as string` keeps the compiler from pulling JSON that lies outside this package into its program; a bundler, which sees
// the literal once the types are gone, embeds each model as a chunk of its own.
const readers: Readonly<Record<ServiceName, () => Promise<{ default: ServiceModel }>>> = {
  sso: () => import('../../../../models/sso.json' as string, JSON_MODULE),
  'sso-oidc': () => import('../../../../models/sso-oidc.json' as string, JSON_MODULE),
  sts: () => import('../../../../models/sts.json' as string, JSON_MODULE),
  'sso-admin': () => import('../../../../models/sso-admin.json' as string, JSON_MODULE),
  identitystore: () => import('../../../../models/identitystore.json' as string, JSON_MODULE),
  organizations: () => import('../../../../models/organizations.json' as string, JSON_MODULE),
  iam: () => import('../../../../models/iam.json' as string, JSON_MODULE),
  signin: () => import('../../../../models/signin.json' as string, JSON_MODULE),
  mayfly: () => import('../../../../models/mayfly/mayfly.json' as string, JSON_MODULE),
}

/** The pinned model of a service. */
export async function loadModel(service: ServiceName): Promise<ServiceModel> {
  return (await readers[service]()).default
}
