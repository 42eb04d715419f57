/** The page at which a person signs in, as it is shown, and what they bring back from it by hand. */

import type { Callback } from '../machine/loopback.ts'

/** What the person must see before the sign-in can go on. */
export type SignInPage =
  | {
      readonly grant: 'authorization_code'
      readonly url: string
      /** Where the browser ends, with its port. */
      readonly redirectUri: string
      readonly state: string
    }
  | {
      readonly grant: 'device_code'
      readonly userCode: string
      readonly verificationUri: string
      readonly verificationUriComplete: string
    }

/** What the person brought, or that they would rather have a code to approve. */
export type ByHand = { readonly is: 'callback'; readonly callback: Callback } | { readonly is: 'wants a code' }

/** A page that was shown. */
export interface ShownPage {
  /** What the person brings by hand; never settles when they need not. Rejects with Interrupted. */
  readonly byHand: Promise<ByHand>
  /** Takes back what stands in the terminal. */
  close(): Promise<void>
}
