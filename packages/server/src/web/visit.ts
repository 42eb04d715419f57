/** A visit to a page, and the answer to it. */

import type { UserCaller } from '../caller/caller.ts'
import type { CookieRequest } from '../caller/cookie.ts'
import type { SignInContext } from '../sign-in/sign-in-context.ts'
import type { Page } from './components/layout.ts'

export interface Visit extends SignInContext {
  readonly request: CookieRequest
  readonly path: string
  readonly query: URLSearchParams
  /** As received, without the question mark. */
  readonly rawQuery: string
  /** What a form sent; empty when none did. */
  readonly form: URLSearchParams
  readonly parameters: Readonly<Record<string, string>>
  readonly instanceName: string
  /** Who is signed in to this browser. */
  findSignedIn(): Promise<UserCaller | undefined>
}

/** `Set-Cookie` values. */
type Cookies = readonly string[]

export type Answer =
  | {
      readonly show: Page
      readonly status?: number
      readonly cookies?: Cookies
      /** Where a form of this page may lead besides here: Content-Security-Policy sources. */
      readonly formAction?: readonly string[]
    }
  /** For a program: JSON. */
  | { readonly data: object; readonly cookies?: Cookies }
  /** An address that is safe to go to: a path of ours, or a registered redirect URI. */
  | { readonly goTo: string; readonly cookies?: Cookies }

/** A page: what it answers to a visit. It throws a refusal to have the error page shown. */
export type Visited = (visit: Visit) => Promise<Answer>
