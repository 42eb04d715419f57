/** What signing in may touch: the context of a request, and the pool that hashes passwords. */

import type { Context } from '../context/context.ts'
import type { PasswordHasher } from './password-hasher.ts'

export interface SignInContext extends Context {
  readonly hasher: PasswordHasher
}
