/** A role session as its token carries it: one letter a member, and nothing that can be left out. */

import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type {
  AccountId,
  GroupId,
  InstanceArn,
  PermissionSetArn,
  SessionId,
  UserId,
} from '@mayfly/identity-center/identifiers'
import type { EarlierRole, HeldAssignment, RoleSession, SessionPolicies } from './issuer.ts'

/** Every member but the first ones may be absent. */
export interface Claims {
  /** instance arn */
  readonly i: string
  /** account */
  readonly a: string
  /** permission set arn */
  readonly p?: string
  /** role name */
  readonly r: string
  /** role path, unless the role is reserved */
  readonly h?: string
  /** role id */
  readonly d: string
  /** session name */
  readonly n: string
  /** user id */
  readonly u?: string
  /** source identity */
  readonly o?: string
  /** session id */
  readonly s?: string
  /** the principals of the assignment, unless it is the user alone */
  readonly w?: readonly string[]
  /** account and permission set of the assignment, unless they are the session's own */
  readonly l?: readonly [account: string, permissionSet: string]
  /** web identity */
  readonly f?: readonly [provider: string, audience: string, subject: string]
  /** long-term access key id */
  readonly x?: string
  /** tags */
  readonly g?: Readonly<Record<string, string>>
  /** transitive tag keys */
  readonly k?: readonly string[]
  /** session policy */
  readonly y?: string
  /** session policy arns */
  readonly m?: readonly string[]
  /** earlier roles: account, role id, when */
  readonly c?: readonly (readonly [account: string, roleId: string, issuedAt: number])[]
  /** issued at, in milliseconds */
  readonly t: number
  /** expires at, in milliseconds */
  readonly e: number
}

/** Shorter ones, which are nearly all, are not worth the time of packing. */
const WORTH_PACKING = 1024
/** More than any session of ours unpacks to. */
const MOST_UNPACKED = 64 * 1024
/** Stands before what was packed; JSON begins otherwise. */
const PACKED = 1

/** What is sealed into a session token. */
export function formatSession(session: RoleSession): Uint8Array {
  const json = Buffer.from(JSON.stringify(toClaims(session)))
  return json.length < WORTH_PACKING ? json : Buffer.concat([Buffer.from([PACKED]), deflateRawSync(json)])
}

/** What `formatSession` wrote, here or on an earlier server. */
export function parseSession(bytes: Uint8Array): RoleSession {
  const json = bytes[0] === PACKED ? inflateRawSync(bytes.subarray(1), { maxOutputLength: MOST_UNPACKED }) : bytes
  return fromClaims(JSON.parse(Buffer.from(json).toString()))
}

export function toClaims(session: RoleSession): Claims {
  return withoutAbsent({
    i: session.instanceArn,
    a: session.accountId,
    p: session.permissionSetArn,
    r: session.roleName,
    h: session.rolePath,
    d: session.roleId,
    n: session.sessionName,
    u: session.userId,
    o: session.sourceIdentity,
    s: session.sessionId,
    w: waysOf(session),
    l: placeOf(session),
    f: webIdentityOf(session),
    x: session.longTermKeyId,
    g: session.tags,
    k: session.transitiveTagKeys,
    y: session.sessionPolicies?.inline,
    m: session.sessionPolicies?.arns.length ? session.sessionPolicies.arns : undefined,
    c: session.chain?.map(({ accountId, roleId, issuedAt }) => [accountId, roleId, issuedAt.getTime()] as const),
    t: session.issuedAt.getTime(),
    e: session.expiresAt.getTime(),
  })
}

/** Takes what earlier servers sealed too: a session lives for hours, also through an upgrade. */
export function fromClaims(claims: Claims): RoleSession {
  return withoutAbsent({
    instanceArn: claims.i as InstanceArn,
    accountId: claims.a as AccountId,
    permissionSetArn: claims.p as PermissionSetArn | undefined,
    roleName: claims.r,
    rolePath: claims.h,
    roleId: claims.d,
    sessionName: claims.n,
    sourceIdentity: claims.o,
    userId: claims.u as UserId | undefined,
    sessionId: claims.s as SessionId | undefined,
    assignment: assignmentOf(claims),
    webIdentity: claims.f && { provider: claims.f[0], audience: claims.f[1], subject: claims.f[2] },
    longTermKeyId: claims.x,
    tags: claims.g,
    transitiveTagKeys: claims.k,
    sessionPolicies: sessionPoliciesOf(claims),
    chain: claims.c?.map(earlierRole),
    issuedAt: new Date(claims.t),
    expiresAt: new Date(claims.e),
  })
}

function waysOf({ userId, assignment }: RoleSession): readonly string[] | undefined {
  const alone = assignment?.through.length === 1 && assignment.through[0] === (userId as string | undefined)
  return alone ? undefined : assignment?.through
}

function placeOf({ accountId, permissionSetArn, assignment }: RoleSession): Claims['l'] {
  if (!assignment) return undefined
  const own = assignment.accountId === accountId && assignment.permissionSetArn === permissionSetArn
  return own ? undefined : [assignment.accountId, assignment.permissionSetArn]
}

const webIdentityOf = ({ webIdentity }: RoleSession): Claims['f'] =>
  webIdentity && [webIdentity.provider, webIdentity.audience, webIdentity.subject]

function assignmentOf({ a, p, l, w, u }: Claims): HeldAssignment | undefined {
  const [accountId, permissionSetArn] = l ?? [a, p]
  if (u === undefined || permissionSetArn === undefined) return undefined
  return {
    accountId: accountId as AccountId,
    permissionSetArn: permissionSetArn as PermissionSetArn,
    through: (w ?? [u]) as readonly (UserId | GroupId)[],
  }
}

function sessionPoliciesOf({ y, m }: Claims): SessionPolicies | undefined {
  if (y === undefined && m === undefined) return undefined
  return { ...(y === undefined ? {} : { inline: y }), arns: m ?? [] }
}

const earlierRole = ([accountId, roleId, issuedAt]: readonly [string, string, number]): EarlierRole => ({
  accountId: accountId as AccountId,
  roleId,
  issuedAt: new Date(issuedAt),
})

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

const withoutAbsent = <T extends object>(members: T): Present<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Present<T>
