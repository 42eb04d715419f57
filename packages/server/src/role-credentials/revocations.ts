/** What was withdrawn before its time, held in memory and kept in step with the store. */

import type { Clock } from '@mayfly/identity-center/clock'
import { after, hours } from '@mayfly/identity-center/duration'
import type { Revocation, RevocationSubject } from '@mayfly/identity-center/revocation'
import type { Store } from '@mayfly/store'
import type { RoleSession } from './issuer.ts'

/** No role credentials outlive this (§2.1). */
const LONGEST_ROLE_SESSION = hours(12)

export class Revocations {
  readonly #store: Store
  readonly #clock: Clock
  #issuedUntil = new Map<RevocationSubject, number>()
  /** What was noted while the store was being read, and may be missing from what it answers. */
  #noted: Revocation[] = []

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** Takes up what other nodes have withdrawn. */
  async refresh(): Promise<void> {
    const issuedUntil = new Map<RevocationSubject, number>()
    this.#noted = []
    for (const revocation of await this.#store.revocations.list()) note(issuedUntil, revocation)
    for (const revocation of this.#noted) note(issuedUntil, revocation)
    this.#issuedUntil = issuedUntil
  }

  /** A record that voids everything issued for `subject` until now. Insert it, then `note` it. */
  create(subject: RevocationSubject): Revocation {
    const issuedUntil = this.#clock.now()
    return { subject, issuedUntil, expiresAt: after(issuedUntil, LONGEST_ROLE_SESSION) }
  }

  /** Makes a record that is already in the store count on this node at once. */
  note(revocation: Revocation): void {
    this.#noted.push(revocation)
    note(this.#issuedUntil, revocation)
  }

  /** Withdraws everything issued for `subject` until now: at once here, within a second on other nodes. */
  async revoke(subject: RevocationSubject): Promise<void> {
    const revocation = this.create(subject)
    await this.#store.revocations.insert(revocation)
    this.note(revocation)
  }

  /** Whether these role credentials were withdrawn. */
  covers(session: RoleSession): boolean {
    const { accountId, permissionSetArn, userId, sessionId } = session
    const issuedAt = session.issuedAt.getTime()
    const subjects: RevocationSubject[] = [
      'everything',
      `session:${sessionId}`,
      `user:${userId}`,
      `assignment:${accountId}/${permissionSetArn}/${userId}`,
    ]
    return subjects.some((subject) => issuedAt <= (this.#issuedUntil.get(subject) ?? -1))
  }
}

function note(issuedUntil: Map<RevocationSubject, number>, revocation: Revocation): void {
  const known = issuedUntil.get(revocation.subject) ?? -1
  issuedUntil.set(revocation.subject, Math.max(known, revocation.issuedUntil.getTime()))
}
