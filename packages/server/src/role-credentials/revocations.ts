/** What was withdrawn before its time, held in memory and kept in step with the store. */

import { accountOfAccessKeyId } from '@mayfly/identity-center/account-access/role-credentials'
import type { Clock } from '@mayfly/identity-center/clock'
import { milliseconds } from '@mayfly/identity-center/duration'
import { createRevocation, type Revocation, type RevocationSubject } from '@mayfly/identity-center/revocation'
import type { Store } from '@mayfly/store'
import type { RoleSession } from './issuer.ts'

/**
 * A withdrawal is dated inside the transaction that makes it. What was issued between then and its end, on what the store
 * still said, is void too.
 */
const LONGEST_COMMIT = milliseconds(500)

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

  /** A record that voids everything issued for `subject` until now. Insert it in the same transaction, then `note` it. */
  create(subject: RevocationSubject): Revocation {
    return createRevocation(subject, this.#clock.now())
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
    const ways = waysOf(session)
    return (
      decisiveSubjects(session).some((subject) => this.#isVoid(subject)) ||
      // Whoever holds a role in several ways keeps it until the last one is gone.
      (ways.length > 0 && ways.every((way) => way.some((subject) => this.#isVoid(subject))))
    )
  }

  /**
   * When a session may begin that the store allows in full knowledge of each withdrawal that this node knows: later than
   * what they void, which is a moment away where a role was taken and given again.
   */
  firstMomentFor(session: RoleSession): Date {
    const subjects = [...decisiveSubjects(session), ...waysOf(session).flat()]
    const moments = subjects.map(({ subject }) => this.#issuedUntil.get(subject) ?? 0)
    return new Date(Math.max(session.issuedAt.getTime(), ...moments.map((until) => until + LONGEST_COMMIT + 1)))
  }

  #isVoid({ subject, issuedAt }: Dated): boolean {
    const issuedUntil = this.#issuedUntil.get(subject)
    return issuedUntil !== undefined && issuedAt.getTime() <= issuedUntil + LONGEST_COMMIT
  }
}

/** A subject, and when the session that has it was issued. */
interface Dated {
  readonly subject: RevocationSubject
  readonly issuedAt: Date
}

/** Each of these ends the session by itself. */
function decisiveSubjects(session: RoleSession): Dated[] {
  const { accountId, roleId, userId, sessionId, longTermKeyId, chain = [], issuedAt } = session
  // Of the user whose key took the first role: a key outlives its account nowhere.
  const keyAccount = longTermKeyId === undefined ? undefined : accountOfAccessKeyId(longTermKeyId)
  const since = chain[0]?.issuedAt ?? issuedAt
  const of = (subject: RevocationSubject): Dated => ({ subject, issuedAt: since })
  return [
    of('everything'),
    ...(sessionId === undefined ? [] : [of(`session:${sessionId}`)]),
    ...(userId === undefined ? [] : [of(`user:${userId}`)]),
    ...(keyAccount === undefined ? [] : [of(`account:${keyAccount}`)]),
    ...[{ accountId, roleId, issuedAt }, ...chain].flatMap((role): Dated[] => [
      { subject: `account:${role.accountId}`, issuedAt: role.issuedAt },
      { subject: `role:${role.accountId}/${role.roleId}`, issuedAt: role.issuedAt },
    ]),
  ]
}

/**
 * What each way of holding the first role of the chain hangs on: the assignment, and for a group the group and the
 * person's membership. As of when that first role was taken: a node that has not yet heard of a withdrawal may let
 * another role be assumed with it a moment too late.
 */
function waysOf({ assignment, userId, chain, issuedAt }: RoleSession): Dated[][] {
  if (!assignment || userId === undefined) return []
  const since = chain?.[0]?.issuedAt ?? issuedAt
  const place = `${assignment.accountId}/${assignment.permissionSetArn}` as const
  return assignment.through.map((id) => {
    const subjects: RevocationSubject[] = [`assignment:${place}/${id}`]
    if (id !== (userId as string)) subjects.push(`group:${id}`, `membership:${id}/${userId}`)
    return subjects.map((subject) => ({ subject, issuedAt: since }))
  })
}

function note(issuedUntil: Map<RevocationSubject, number>, revocation: Revocation): void {
  const known = issuedUntil.get(revocation.subject) ?? -1
  issuedUntil.set(revocation.subject, Math.max(known, revocation.issuedUntil.getTime()))
}
