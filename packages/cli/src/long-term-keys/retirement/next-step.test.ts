import { describe, expect, test } from 'vitest'
import { findStraggler, mayGoByItself, type NextStep, nextStep, restEnd, soakEnd } from './next-step.ts'
import type { KeyStanding, Retirement, RetirementStep } from './retirement.ts'

const at = (day: number, hour = 0, minute = 0): Date => new Date(Date.UTC(2026, 0, day, hour, minute))

const retirement = (changes: Partial<Retirement> = {}): Retirement => ({
  version: 1,
  accessKeyId: 'AKIAEXAMPLE',
  step: 'soaking',
  since: at(1),
  createdAt: at(1),
  notedAt: at(1),
  profile: { profileName: 'default', role: { accountId: '111122223333', roleName: 'Dev', sessionName: 'acme' } },
  asProfile: 'default',
  soakDays: 7,
  restDays: 7,
  edits: [],
  swappedAt: at(1),
  stragglers: [],
  ownUses: [],
  history: [],
  ...changes,
})

const standing = (changes: Partial<KeyStanding> = {}): KeyStanding => ({
  at: at(1),
  status: 'Active',
  lastUsed: {},
  cannot: [],
  ...changes,
})

const inactive = (changes: Partial<Retirement> = {}): Retirement =>
  retirement({ step: 'inactive', deactivatedAt: at(8), deactivatedBy: 'us', ...changes })

describe('every step, with every answer, has one next', () => {
  const STATUSES = ['Active', 'Inactive', 'gone', 'unknown'] as const
  const SWAP: NextStep = { do: 'swap' }
  const UNDO: NextStep = { do: 'undo' }
  const NOTHING: NextStep = { do: 'nothing' }
  const GONE: NextStep = { do: 'note', finding: 'gone' }
  const INACTIVE: NextStep = { do: 'note', finding: 'inactive' }
  const AGAIN: NextStep = { do: 'note', finding: 'active-again' }
  const UNASKED: NextStep = { do: 'wait', why: 'unasked' }
  const whatever = (next: NextStep): Readonly<Record<(typeof STATUSES)[number], NextStep>> => ({
    Active: next,
    Inactive: next,
    gone: next,
    unknown: next,
  })
  const swapped = { Active: { do: 'deactivate' }, Inactive: INACTIVE, gone: GONE, unknown: UNASKED } as const
  const off = { Active: AGAIN, Inactive: { do: 'delete' }, gone: GONE, unknown: UNASKED } as const
  const expected: Readonly<Record<RetirementStep, Readonly<Record<(typeof STATUSES)[number], NextStep>>>> = {
    planned: whatever(SWAP),
    swapping: whatever(SWAP),
    soaking: swapped,
    deactivating: swapped,
    inactive: off,
    deleting: off,
    deleted: whatever(NOTHING),
    undoing: whatever(UNDO),
    undone: whatever(NOTHING),
    closed: whatever(NOTHING),
  }
  for (const [step, answers] of Object.entries(expected) as [RetirementStep, typeof swapped][]) {
    for (const status of STATUSES) {
      test(`${step}, a key that is ${status}, long enough after everything`, () => {
        const late = retirement({ step, deactivatedAt: at(8) })
        expect(nextStep(late, standing({ status }), at(30))).toEqual(answers[status])
      })
    }
  }
})

describe('the soak', () => {
  test('lasts seven days from the swap on, to the millisecond', () => {
    expect(nextStep(retirement(), standing(), new Date(at(8).getTime() - 1))).toEqual({
      do: 'wait',
      why: 'soak',
      until: at(8),
    })
    expect(nextStep(retirement(), standing(), at(8))).toEqual({ do: 'deactivate' })
  })

  test('of no days is over at once', () => {
    expect(nextStep(retirement({ soakDays: 0 }), standing(), at(1))).toEqual({ do: 'deactivate' })
  })

  test('begins anew with every use, and goes on from where it was seen before', () => {
    const used = standing({ lastUsed: { at: at(7, 12), service: 's3', region: 'eu-west-1' } })
    expect(nextStep(retirement(), used, at(8))).toEqual({ do: 'wait', why: 'soak', until: at(14, 12) })
    const known = retirement({ stragglers: [{ at: at(7, 12), seenAt: at(8) }] })
    expect(nextStep(known, standing(), at(9))).toEqual({ do: 'wait', why: 'soak', until: at(14, 12) })
    expect(nextStep(known, used, at(14, 12))).toEqual({ do: 'deactivate' })
  })

  test('is not begun anew by a use from before the swap, nor by one right after it', () => {
    for (const moment of [new Date(at(1).getTime() - 1), at(1, 0, 15)])
      expect(nextStep(retirement(), standing({ lastUsed: { at: moment } }), at(8))).toEqual({ do: 'deactivate' })
    expect(nextStep(retirement(), standing({ lastUsed: { at: at(1, 0, 16) } }), at(8))).toMatchObject({ do: 'wait' })
  })

  test('is not begun anew by a use of our own, but a day must pass behind it: it may hide one of somebody else', () => {
    const own = retirement({ ownUses: [at(7, 20)] })
    const used = standing({ lastUsed: { at: at(7, 20, 1), service: 'sts' } })
    expect(nextStep(own, used, at(8))).toEqual({ do: 'wait', why: 'soak', until: at(8, 20, 1) })
    expect(nextStep(own, used, at(8, 20, 1))).toEqual({ do: 'deactivate' })
    expect(findStraggler(own, used)).toBeUndefined()
  })

  test('is begun anew by a use of a service that we never ask, however near to one of ours', () => {
    const own = retirement({ ownUses: [at(7, 20)] })
    expect(nextStep(own, standing({ lastUsed: { at: at(7, 20), service: 's3' } }), at(9))).toEqual({
      do: 'wait',
      why: 'soak',
      until: at(14, 20),
    })
  })

  test('does not end while nobody can say when the key was last used, unless the person has typed its id for that', () => {
    const unread: KeyStanding = { at: at(8), status: 'Active', cannot: [{ what: 'last use', why: 'AccessDenied' }] }
    expect(nextStep(retirement(), unread, at(30))).toEqual({ do: 'wait', why: 'last-use' })
    expect(nextStep(retirement({ isWithoutLastUse: true }), unread, at(7))).toMatchObject({ why: 'soak' })
    expect(nextStep(retirement({ isWithoutLastUse: true }), unread, at(8))).toEqual({ do: 'deactivate' })
  })

  test('does not go by a clock that was set back', () => {
    const noted = retirement({ notedAt: at(6) })
    expect(nextStep(noted, standing(), at(2))).toEqual({ do: 'wait', why: 'clock', until: at(6) })
    expect(nextStep(noted, standing(), at(5, 23, 56))).toMatchObject({ why: 'soak' })
  })
})

describe('the rest', () => {
  const off = standing({ status: 'Inactive' })

  test('lasts seven days from the deactivation on', () => {
    expect(nextStep(inactive(), off, at(14, 23))).toEqual({ do: 'wait', why: 'rest', until: at(15) })
    expect(nextStep(inactive(), off, at(15))).toEqual({ do: 'delete' })
  })

  test('of a key that was used after it was switched off begins when that was seen, and takes the soak along', () => {
    const used = standing({ status: 'Inactive', at: at(10), lastUsed: { at: at(9) } })
    expect(nextStep(inactive(), used, at(15))).toEqual({ do: 'wait', why: 'rest', until: at(24) })
  })

  test('of a key whose use in the soak shows late is as long', () => {
    const late = standing({ status: 'Inactive', at: at(8, 3), lastUsed: { at: at(7, 23) } })
    expect(restEnd(inactive(), late)).toEqual(at(22, 3))
  })

  test('is a day at least for a key that was used, whatever was asked for', () => {
    const hasty = inactive({ soakDays: 0, restDays: 0, swappedAt: at(8) })
    expect(nextStep(hasty, off, at(8))).toEqual({ do: 'delete' })
    const used = standing({ status: 'Inactive', at: at(8, 2), lastUsed: { at: at(8, 1) } })
    expect(nextStep(hasty, used, at(8, 2))).toEqual({ do: 'wait', why: 'rest', until: at(9, 2) })
  })

  test('does not end while the last use cannot be read', () => {
    const unread: KeyStanding = { at: at(20), status: 'Inactive', cannot: [] }
    expect(nextStep(inactive(), unread, at(30))).toEqual({ do: 'wait', why: 'last-use' })
  })

  test('counts from when somebody switched the key on again, and a use from before that is none', () => {
    const again = retirement({ soakFrom: at(12) })
    expect(soakEnd(again, standing({ lastUsed: { at: at(11) } }))).toEqual(at(19))
    expect(soakEnd(again, standing({ lastUsed: { at: at(13) } }))).toEqual(at(20))
  })
})

describe('by itself', () => {
  const schedule = { to: 'deleted', deactivateAt: at(8), deleteAt: at(15) } as const
  const scheduled = retirement({ schedule, standing: standing() })

  test('it goes no further than was agreed, and not before the dates', () => {
    expect(mayGoByItself(scheduled, { do: 'deactivate' }, at(7))).toBe(false)
    expect(mayGoByItself(scheduled, { do: 'deactivate' }, at(8))).toBe(true)
    expect(mayGoByItself(scheduled, { do: 'delete' }, at(14))).toBe(false)
    expect(mayGoByItself(scheduled, { do: 'delete' }, at(15))).toBe(true)
    const half = retirement({ schedule: { to: 'inactive', deactivateAt: at(8) } })
    expect(mayGoByItself(half, { do: 'delete' }, at(30))).toBe(false)
    expect(mayGoByItself(retirement(), { do: 'deactivate' }, at(30))).toBe(false)
  })

  test('it deletes nothing whose last use nobody can read, whatever was agreed', () => {
    const blind = retirement({
      schedule,
      isWithoutLastUse: true,
      standing: { at: at(15), status: 'Inactive', cannot: [] },
    })
    expect(mayGoByItself(blind, { do: 'delete' }, at(30))).toBe(false)
    expect(mayGoByItself(blind, { do: 'deactivate' }, at(30))).toBe(true)
  })

  test('it never begins a swap, ends an undoing, and notes what is so', () => {
    expect(mayGoByItself(scheduled, { do: 'swap' }, at(30))).toBe(false)
    expect(mayGoByItself(retirement(), { do: 'undo' }, at(2))).toBe(true)
    expect(mayGoByItself(retirement(), { do: 'note', finding: 'gone' }, at(2))).toBe(true)
  })
})
