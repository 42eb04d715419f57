/** What this computer remembers of a sign-in besides its token: when it was, how long one lasts, who it was. No secret. */

import { between, type Duration, seconds } from '@mayfly/identity-center/duration'
import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../shared-config/paths.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { type CachedToken, formatInstant, parseInstant, tokenFileName } from './token-cache.ts'

export interface SessionRecord {
  /** Missing when nobody is signed in by a sign-in of ours. */
  readonly signedInAt?: Date
  /** The longest life that a token of this session was given. */
  readonly longest?: Duration
  /** The name that AWS knew the person by, when it was last asked (`whoami`, `status --identities`). */
  readonly identity?: string
}

type SessionKey = Pick<SsoConfiguration, 'sessionName' | 'startUrl'>

const recordPath = (machine: Machine, sso: SessionKey): string =>
  joinPath(machine, ownFolder(machine), 'sessions', tokenFileName(sso))

/** What is remembered; nothing of what cannot be read. */
export async function readSessionRecord(machine: Machine, sso: SessionKey): Promise<SessionRecord> {
  try {
    const content: unknown = JSON.parse((await machine.files.readText(recordPath(machine, sso))) ?? '{}')
    if (typeof content !== 'object' || content === null) return {}
    const { signedInAt, longest, identity } = content as Record<string, unknown>
    const moment = parseInstant(signedInAt)
    return {
      ...(moment && { signedInAt: moment }),
      ...(typeof longest === 'number' && longest > 0 && { longest: seconds(longest) }),
      ...(typeof identity === 'string' && identity !== '' && { identity }),
    }
  } catch {
    return {}
  }
}

/** A memory that cannot be kept costs a warning, not a sign-in. */
async function write(
  machine: Machine,
  sso: SessionKey,
  { signedInAt, longest, identity }: SessionRecord,
): Promise<void> {
  const content = {
    ...(signedInAt && { signedInAt: formatInstant(signedInAt) }),
    ...(longest !== undefined && { longest: Math.floor(longest / 1000) }),
    ...(identity !== undefined && { identity }),
  }
  await machine.files.write(recordPath(machine, sso), JSON.stringify(content), { mode: 0o600 }).catch(() => undefined)
}

/** Somebody has signed in, perhaps another person than before. */
export async function noteSignIn(machine: Machine, sso: SessionKey, token: CachedToken): Promise<void> {
  const former = await readSessionRecord(machine, sso)
  const now = machine.clock.now()
  const life = between(now, token.expiresAt)
  const longest = Math.max(life, former.longest ?? 0) as Duration
  await write(machine, sso, { signedInAt: now, longest })
}

/** Somebody has signed out. How long a session lasts here stays known. */
export async function noteSignOut(machine: Machine, sso: SessionKey): Promise<void> {
  const { longest } = await readSessionRecord(machine, sso)
  await write(machine, sso, longest === undefined ? {} : { longest })
}

/** AWS has said whose session it is. */
export async function noteIdentity(machine: Machine, sso: SessionKey, identity: string): Promise<void> {
  const record = await readSessionRecord(machine, sso)
  if (record.identity !== identity) await write(machine, sso, { ...record, identity })
}

/** The person's name in the ARN of a role session; nothing when it is no such ARN. */
export const findIdentity = (arn: string): string | undefined =>
  /^arn:[^:]+:sts::\d+:assumed-role\/[^/]+\/(.+)$/.exec(arn)?.[1]
