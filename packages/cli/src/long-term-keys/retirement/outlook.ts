/** What is next in a retirement, and when, as far as the journal alone tells: nobody is asked. */

import { nextStep, restEnd, soakEnd } from './next-step.ts'
import type { KeyStanding, Retirement } from './retirement.ts'

export interface Outlook {
  /** `close`: the key opened nothing when it was asked, and the backups are kept until a person says. */
  readonly next: 'swap' | 'deactivate' | 'delete' | 'undo' | 'close' | 'nothing'
  /** Not before. Absent where nothing is waited for but a person. */
  readonly at?: Date
  /** `mayfly keys retire --due` does it. */
  readonly isScheduled: boolean
  /** What stands in the way, besides time. `unasked`: whoever was to say could not be asked the last time. */
  readonly hindrance?: 'last-use' | 'unasked' | 'administrator'
}

export function outlookOf(retirement: Retirement, now: Date): Outlook {
  const assumed: KeyStanding = { at: now, status: isOff(retirement) ? 'Inactive' : 'Active', cannot: [], lastUsed: {} }
  const last = retirement.standing
  const standing = last ? { ...last, status: assumed.status } : assumed
  const next = nextStep(retirement, standing, now)
  switch (retirement.step) {
    case 'planned':
    case 'swapping':
      return { next: 'swap', isScheduled: false }
    case 'undoing':
      return { next: 'undo', isScheduled: true }
    case 'deleted':
    case 'undone':
    case 'closed':
      return { next: 'nothing', isScheduled: false }
    case 'soaking':
    case 'deactivating':
      if (isLeftToClose(retirement)) return { next: 'close', isScheduled: false }
      return {
        next: 'deactivate',
        at: later(soakEnd(retirement, last), retirement.schedule?.deactivateAt),
        isScheduled: retirement.schedule !== undefined,
        ...hindranceOf(retirement, next),
      }
    case 'inactive':
    case 'deleting':
      return {
        next: 'delete',
        at: later(restEnd(retirement, last), retirement.schedule?.deleteAt),
        isScheduled: retirement.schedule?.to === 'deleted',
        ...hindranceOf(retirement, next),
      }
  }
}

/** Dead when it was asked, and nobody has seen it alive since: there is nothing to switch off. */
export const isLeftToClose = ({ step, isDead, standing }: Retirement): boolean =>
  step === 'soaking' && isDead === true && (standing === undefined || standing.status === 'unknown')

const isOff = ({ step }: Retirement): boolean => step === 'inactive' || step === 'deleting'

const later = (one: Date, other: Date | undefined): Date => (other && other > one ? other : one)

function hindranceOf(
  { isHandedOver, standing }: Retirement,
  next: ReturnType<typeof nextStep>,
): Pick<Outlook, 'hindrance'> {
  if (standing?.status === 'unknown') return { hindrance: 'unasked' }
  if (next.do === 'wait' && next.why === 'last-use') return { hindrance: 'last-use' }
  return isHandedOver ? { hindrance: 'administrator' } : {}
}
