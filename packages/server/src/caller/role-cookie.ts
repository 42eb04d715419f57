/** A signed-in browser acts as one of its person's roles: the caller of the admin console (sign-in.md). */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { Route } from '@mayfly/wire/serve'
import type { ServerContext } from '../context/context.ts'
import type { RoleCaller } from './caller.ts'
import type { CookieRequest } from './cookie.ts'
import { findPersonSession } from './person-session.ts'
import { createRoleCaller } from './role-caller.ts'
import { findSessionCaller, isFromHere } from './session-cookie.ts'

/** `<account>/<permission set name>`; only a script of our own origin may set it. */
const ROLE_HEADER = 'x-mayfly-role'

/**
 * The role that the person of this browser acts as: held now, not when the page was opened. Undefined unless the session
 * cookie, its anti-forgery token and the role's header all came, and from a page of ours. Throws AWS's refusal for a role
 * that the person does not hold.
 */
export async function findCookieRoleCaller(
  { model }: Route,
  request: CookieRequest,
  context: ServerContext,
): Promise<RoleCaller | undefined> {
  const shown = request.headers[ROLE_HEADER]
  if (typeof shown !== 'string' || !isFromHere(request)) return undefined
  const person = await findSessionCaller(request, context)
  if (!person) return undefined
  const [, accountId = '', permissionSetName = ''] = /^(\d{12})\/([\w+=,.@-]{1,32})$/.exec(shown) ?? []
  const wanted = { accountId: accountId as AccountId, roleName: permissionSetName }
  const [session, { region }] = await Promise.all([findPersonSession(wanted, person, context), context.instance()])
  if (!session) throw roleNotHeld(shown, model.metadata.protocol === 'query')
  return createRoleCaller(session, { by: 'cookie', accessKeyId: '', region })
}

const roleNotHeld = (shown: string, isQuery: boolean): ServiceException =>
  new ServiceException(isQuery ? 'AccessDenied' : 'AccessDeniedException', `You do not hold the role ${shown}.`, {
    statusCode: 403,
  })
