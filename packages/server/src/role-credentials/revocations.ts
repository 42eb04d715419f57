/** What was withdrawn before its time, held in memory and kept in step with the store. */

import type { Clock } from '@mayfly/identity-center/clock'
import { after, hours } from '@mayfly/identity-center/duration'
import type { Revocation, RevocationSubject } from '@mayfly/identity-center/revocation'
import type { Store } from '@mayfly/store'
import type { EarlierRole, HeldAssignment, RoleSession } from './issuer.ts'

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
    const { accountId, roleId, userId, sessionId, assignment, chain, issuedAt } = session
    // What a session was assumed from ends it too, as of when that one was issued: a node that has not yet heard of a
    // withdrawal may have let it be assumed a moment too late.
    const earlier = chain ?? []
    const since = earlier[0]?.issuedAt ?? issuedAt
    return (
      this.#isVoid('everything', since) ||
      (sessionId !== undefined && this.#isVoid(`session:${sessionId}`, since)) ||
      (userId !== undefined && this.#isVoid(`user:${userId}`, since)) ||
      [{ accountId, roleId, issuedAt }, ...earlier].some((role) => this.#isRoleVoid(role)) ||
      (assignment !== undefined && assignment.through.every((id) => this.#isWayVoid(assignment, id, userId, since)))
    )
  }

  #isVoid(subject: RevocationSubject, issuedAt: Date): boolean {
    return issuedAt.getTime() <= (this.#issuedUntil.get(subject) ?? Number.NEGATIVE_INFINITY)
  }

  #isRoleVoid({ accountId, roleId, issuedAt }: EarlierRole): boolean {
    return this.#isVoid(`account:${accountId}`, issuedAt) || this.#isVoid(`role:${accountId}/${roleId}`, issuedAt)
  }

  /** A person's own assignment, or that of a group and the person's membership in it. */
  #isWayVoid({ accountId, permissionSetArn }: HeldAssignment, id: string, userId: string | undefined, since: Date) {
    if (this.#isVoid(`assignment:${accountId}/${permissionSetArn}/${id}`, since)) return true
    return id !== userId && (this.#isVoid(`group:${id}`, since) || this.#isVoid(`membership:${id}/${userId}`, since))
  }
}

function note(issuedUntil: Map<RevocationSubject, number>, revocation: Revocation): void {
  const known = issuedUntil.get(revocation.subject) ?? -1
  issuedUntil.set(revocation.subject, Math.max(known, revocation.issuedUntil.getTime()))
}
