/** A call of one of the portal's endpoints, and what answers it. */

import type { FastifyRequest } from 'fastify'
import type { UserCaller } from '../../caller/caller.ts'
import type { SignInContext } from '../../sign-in/sign-in-context.ts'

/** One call of an endpoint. */
export interface PortalCall extends SignInContext {
  readonly request: FastifyRequest
  readonly caller: UserCaller
  readonly id: string
  /** A member of the body that must be a text. Throws `invalid`. */
  text(name: string): string
}

/** What is answered as JSON; undefined is 204. It throws a refusal to say no. */
export type Endpoint = (call: PortalCall) => Promise<object | undefined>
