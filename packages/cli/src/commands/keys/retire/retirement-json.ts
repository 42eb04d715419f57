/** A retirement for programs. */

import type { LastUse } from '../../../long-term-keys/inquiry/key-facts.ts'
import type { KnownKey } from '../../../long-term-keys/inquiry/known-keys.ts'
import { outlookOf } from '../../../long-term-keys/retirement/outlook.ts'
import type { Retirement } from '../../../long-term-keys/retirement/retirement.ts'

export const RETIREMENT_SHAPE =
  '{ accessKeyId, accountId, userName, step, since, profile, as, soakDays, restDays, swappedAt, deactivatedAt, ' +
  'lastUsed: { at, service, region, askedAt }, stragglers: [{ at, service, region, seenAt }], next: { step, at, isScheduled, ' +
  'hindrance }, schedule: { to, deactivateAt, deleteAt }, files: [{ path, state }], history: [{ at, what }] }'

/** What was said last, of the retirement or of anybody who asked about the key since. */
export function lastUseOf(
  { standing }: Retirement,
  known: KnownKey | undefined,
): (LastUse & { readonly askedAt: Date }) | undefined {
  const own = standing?.lastUsed && { ...standing.lastUsed, askedAt: standing.at }
  const other = known?.lastUsed
  return own && other ? (other.askedAt > own.askedAt ? other : own) : (own ?? other)
}

/** Every member is there in every retirement; null stands for what is not known, or not yet. */
export function describeRetirement(retirement: Retirement, now: Date, known?: KnownKey) {
  const lastUsed = lastUseOf(retirement, known)
  const { accessKeyId, accountId, userName, step, since, profile, asProfile, soakDays, restDays } = retirement
  const { swappedAt, deactivatedAt, stragglers, schedule, edits, history } = retirement
  const { next, at, isScheduled, hindrance } = outlookOf(retirement, now)
  return {
    accessKeyId,
    accountId: accountId ?? null,
    userName: userName ?? null,
    step,
    since,
    profile: profile.profileName,
    as: asProfile,
    soakDays,
    restDays,
    swappedAt: swappedAt ?? null,
    deactivatedAt: deactivatedAt ?? null,
    lastUsed: lastUsed ? { ...describeUse(lastUsed), askedAt: lastUsed.askedAt } : null,
    stragglers: stragglers.map((straggler) => ({ ...describeUse(straggler), seenAt: straggler.seenAt })),
    next: { step: next, at: at ?? null, isScheduled, hindrance: hindrance ?? null },
    schedule: schedule ? { ...schedule, deleteAt: schedule.deleteAt ?? null } : null,
    files: edits.map(({ edit, state }) => ({ path: edit.path, state })),
    history,
  }
}

const describeUse = ({ at, service, region }: { at?: Date; service?: string; region?: string }) => ({
  at: at ?? null,
  service: service ?? null,
  region: region ?? null,
})
