/** Under which names role credentials go: key ids that carry their account, roles, sessions (§0.3, §3.2, §3.4). */

import type { AccountId, InstanceArn, UserId } from '../identifiers.ts'
import { partitionOf, partitionOfArn } from '../partition.ts'
import { type Random, randomHex, randomText } from '../random.ts'

/** RFC 4648 §6. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export type AccessKeyPrefix = 'AKIA' | 'ASIA'

/** 20 characters. Of the 80 bits after the prefix the top one is 1, the next 40 are the account, 39 are chance (§0.3). */
export function createAccessKeyId(accountId: AccountId, random: Random, prefix: AccessKeyPrefix = 'ASIA'): string {
  const chance = Buffer.from(random.bytes(5)).readUIntBE(0, 5)
  const bits = (1n << 79n) | (BigInt(accountId) << 39n) | (BigInt(chance) & ((1n << 39n) - 1n))
  let text = ''
  for (let shift = 75n; shift >= 0n; shift -= 5n) text += BASE32.charAt(Number((bits >> shift) & 31n))
  return prefix + text
}

/** The account that a key id of either kind carries; undefined when it is not a key id. */
export function accountOfAccessKeyId(accessKeyId: string): AccountId | undefined {
  if (!/^(AKIA|ASIA)[A-Z2-7]{16}$/.test(accessKeyId)) return undefined
  let bits = 0n
  for (const letter of accessKeyId.slice(4)) bits = (bits << 5n) | BigInt(BASE32.indexOf(letter))
  const account = (bits >> 39n) & ((1n << 40n) - 1n)
  return account < 1_000_000_000_000n ? (String(account).padStart(12, '0') as AccountId) : undefined
}

/** `AWSReservedSSO_<name>_<16 hex>`; the hex is new each time (§3.4). */
export const createRoleName = (permissionSetName: string, random: Random): string =>
  `AWSReservedSSO_${permissionSetName}_${randomHex(random, 16)}`

/** `AROA` and 17 more. */
export const createRoleId = (random: Random): string => `AROA${randomText(random, BASE32, 17)}`

/** With its path, which names the region of every instance outside us-east-1 (§3.4). */
export function roleArn({
  accountId,
  roleName,
  region,
}: {
  accountId: AccountId
  roleName: string
  region: string
}): string {
  return `arn:${partitionOf(region)}:iam::${accountId}:role${reservedRolePath(region)}${roleName}`
}

/** `/aws-reserved/sso.amazonaws.com/`, in us-east-1 without its region. */
export const reservedRolePath = (region: string): string =>
  `/aws-reserved/sso.amazonaws.com/${region === 'us-east-1' ? '' : `${region}/`}`

export interface AssumedRole {
  /** The role lies in its partition. */
  readonly instanceArn: InstanceArn
  readonly accountId: AccountId
  readonly roleName: string
  readonly sessionName: string
}

/** Whom `GetCallerIdentity` names: here the role's path is dropped (§0.3). */
export const assumedRoleArn = ({ instanceArn, accountId, roleName, sessionName }: AssumedRole): string =>
  `arn:${partitionOfArn(instanceArn)}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`

export interface RoleSessionName {
  readonly sessionName: string
  /** The user's id, when the user name could not be said in full. */
  readonly sourceIdentity?: UserId
}

/** The user name, as far as STS allows: 2 to 64 of `[\w+=,.@-]`; anything else becomes a hyphen (§3.2). */
export function roleSessionName({ userName, id }: { userName: string; id: UserId }): RoleSessionName {
  const sessionName = [...userName]
    .map((letter) => (/^[A-Za-z0-9_+=,.@-]$/.test(letter) ? letter : '-'))
    .join('')
    .slice(0, 64)
    .padEnd(2, '-')
  return sessionName === userName ? { sessionName } : { sessionName, sourceIdentity: id }
}
