/** Every service, by its AWS name. */

import type { ServiceName } from '@mayfly/wire/model/service-model'
import type { ServerContext } from '../context/context.ts'
import type { Service } from '../operation/service.ts'
import { iam } from './iam/iam.ts'
import { identitystore } from './identitystore/identitystore.ts'
import { mayfly } from './mayfly/mayfly.ts'
import { organizations } from './organizations/organizations.ts'
import { type Asked, performWith } from './perform.ts'
import { sso } from './sso/sso.ts'
import { ssoAdmin } from './sso-admin/sso-admin.ts'
import { ssoOidc } from './sso-oidc/sso-oidc.ts'
import { sts } from './sts/sts.ts'

export type { Asked } from './perform.ts'

const services: Readonly<Partial<Record<ServiceName, Service>>> = {
  sso,
  'sso-oidc': ssoOidc,
  'sso-admin': ssoAdmin,
  identitystore,
  organizations,
  sts,
  iam,
  mayfly,
}

/** The service of that name, or undefined when it is not served. */
export const findService = (name: ServiceName): Service | undefined => services[name]

/** Performs one operation, whoever asks. Throws nothing but a `ServiceException`. */
export async function perform(asked: Asked, server: ServerContext): Promise<unknown> {
  const service = findService(asked.service)
  const model = server.wire.models.get(asked.service)
  if (!service || !model) throw new Error(`${asked.service} is not served.`)
  return await performWith({ service, model }, asked, server)
}
