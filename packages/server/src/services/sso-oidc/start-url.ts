/** The instance that a start URL or an issuer URL names. */

import type { Instance } from '@mayfly/identity-center/instance'
import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { matchesStartUrl } from '@mayfly/identity-center/start-url'
import type { OperationContext } from '../../operation/operation-context.ts'

/** The server's only instance when no URL was sent. Throws `invalid_request` for a URL that names none (§2.3). */
export async function getInstanceOf(url: string | undefined, context: OperationContext): Promise<Instance> {
  const instance = await context.instance()
  const { publicUrl } = context.config
  const origins = publicUrl === undefined ? [context.origin] : [context.origin, publicUrl]
  if (url === undefined || origins.some((origin) => matchesStartUrl(url, { publicUrl: origin, instance }))) {
    return instance
  }
  throw new OAuthError('invalid_request', 'The start URL names no instance of this server.')
}
