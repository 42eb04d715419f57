/** The pace at which IAM is asked in many accounts: IAM counts by account, and whoever stands before it may count all. */

import type { Clock } from '@mayfly/identity-center/clock'
import { between, seconds } from '@mayfly/identity-center/duration'
import { createLimiter, type Limiter, type LimiterFigures } from '../../account-access/limiter.ts'

export interface AccountLimiters {
  /** One for each account: what one refuses holds up none of the others. */
  open(accountId: string): Limiter
  /** Of all together. */
  readonly figures: LimiterFigures
}

/** Calls a second in all accounts together, to begin with and at most. */
const [FIRST, MOST] = [100, 250]
/** Refusals of two accounts within it are of whoever counts them together. */
const TOGETHER = seconds(2)

export function createAccountLimiters(clock: Clock): AccountLimiters {
  const all = createLimiter(clock, { first: FIRST, most: MOST })
  let throttled = 0
  let refused: { readonly accountId: string; readonly at: Date } | undefined
  return {
    open(accountId) {
      const own = createLimiter(clock)
      return {
        async take() {
          const [turn, common] = [await own.take(), await all.take()]
          return {
            end() {
              common.end()
              turn.end()
            },
            refuse(wish) {
              throttled += 1
              turn.refuse(wish)
              const at = clock.now()
              const isOthers = refused && refused.accountId !== accountId && between(refused.at, at) < TOGETHER
              if (isOthers) common.refuse(wish)
              else common.end()
              refused = { accountId, at }
            },
          }
        },
        get figures() {
          return own.figures
        },
      }
    },
    get figures() {
      return { ...all.figures, throttled }
    },
  }
}
