/** There is no valid session, and nothing but a sign-in helps. */

import { Refusal } from '@mayfly/identity-center/refusal'
import type { Platform } from '../machine/machine.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { shellWord } from '../shared-config/shell-word.ts'

export class SignInRequired extends Refusal {
  readonly #rejected: string | undefined

  /** `rejected` is the access token that the portal did not take, although it has not expired. */
  constructor(message: string, hint: string, cause?: unknown, rejected?: string) {
    super('forbidden', message, { hint, cause })
    this.name = 'SignInRequired'
    this.#rejected = rejected
  }

  /** Whether this token was tried in vain; one that another process has brought since was not. */
  hasRejected(accessToken: string): boolean {
    return this.#rejected === accessToken
  }
}

/** The command that signs in again. The legacy form is known by its profile alone. */
export function signInHint(sso: SsoConfiguration, profileName: string | undefined, platform: Platform): string {
  if (sso.sessionName !== undefined)
    return `Run: mayfly sso login --sso-session ${shellWord(sso.sessionName, platform)}`
  return `Run: mayfly sso login${profileName === undefined ? '' : ` --profile ${shellWord(profileName, platform)}`}`
}
