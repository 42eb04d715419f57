/** May this caller perform that operation? */

import { Refusal } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { ServiceName } from '@mayfly/wire/model/service-model'
import type { Caller } from '../caller/caller.ts'
import type { Audience } from '../operation/service.ts'

/** Refuses in the words that clients of the service test for. */
export function authorize(service: ServiceName, operation: string, audience: Audience, caller: Caller): void {
  if (audience === 'anyone' || caller.type === audience) return
  if (service === 'sso') throw invalidPortalToken()
  if (caller.type === 'anonymous') {
    throw new ServiceException('MissingAuthenticationToken', 'Request is missing Authentication Token', {
      statusCode: 403,
    })
  }
  throw new Refusal('forbidden', `This caller may not perform ${service}:${operation}.`)
}

/** Leapp compares this very text, the AWS CLI the name (§3.3). */
const invalidPortalToken = (): ServiceException =>
  new ServiceException('UnauthorizedException', 'Session token not found or invalid', { statusCode: 401 })
