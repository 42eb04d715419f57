/** The portal's answer where a user holds no role: in no model, and tested for by name and status (§0.1, §3.3). */

import { ServiceException } from '@mayfly/wire/model/service-exception'

export const noAccess = (): ServiceException =>
  new ServiceException('ForbiddenException', 'No access', { statusCode: 403 })
