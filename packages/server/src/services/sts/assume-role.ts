/** AssumeRole: a role session or an IAM user becomes another role session (sign-in.md, "From one role to the next"). The trust policy was asked before: authorization. */

import { after } from '@mayfly/identity-center/duration'
import { describeDenial } from '@mayfly/identity-center/policy/access-denied'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import type { AccountCaller } from '../../caller/caller.ts'
import { getAccountCaller, type OperationContext } from '../../operation/operation-context.ts'
import type { EarlierRole, RoleSession } from '../../role-credentials/issuer.ts'
import { answerWithCredentials, findRoleByArn, roleOf, settingsOf } from './assumed-session.ts'
import { sessionLength } from './session-length.ts'
import { findSessionPolicies } from './session-policies.ts'
import { createSessionTags, tagsOf } from './session-tags.ts'

type Sts = Operations<typeof import('@aws-sdk/client-sts'), OperationContext>

export const assumeRole = {
  async AssumeRole(input, context) {
    // Before the role is read: if it goes meanwhile, this session goes with it.
    const issuedAt = context.clock.now()
    const { RoleArn: arn, RoleSessionName: sessionName, SourceIdentity: sourceIdentity } = input
    const caller = getAccountCaller(context)
    const before = findSession(caller)
    refuseSecondFactor(input.SerialNumber ?? input.TokenCode)
    if (input.ProvidedContexts?.length) throw new Refusal('invalid', 'This server takes no ProvidedContexts.')
    const role = await findRoleByArn(arn, context.store)
    if (!role) throw denied(caller, 'sts:AssumeRole', arn)
    // Whoever a session was first said to be for, it stays.
    if (sourceIdentity !== undefined && (before?.sourceIdentity ?? sourceIdentity) !== sourceIdentity) {
      throw denied(caller, 'sts:SetSourceIdentity', arn)
    }
    const asked = {
      tags: (input.Tags ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })),
      transitiveTagKeys: input.TransitiveTagKeys ?? [],
    }
    const arns = (input.PolicyArns ?? []).flatMap(({ arn: policy }) => policy ?? [])
    const session: RoleSession = {
      ...(before ? personOf(before, sourceIdentity) : await startOf(caller, sourceIdentity, context)),
      ...roleOf(role),
      sessionName,
      ...settingsOf(
        createSessionTags(asked, tagsOf(caller)),
        await findSessionPolicies({ inline: input.Policy, arns, accountId: role.accountId }, context.store),
      ),
      ...(before ? { chain: lengthen(before) } : {}),
      issuedAt,
      expiresAt: after(issuedAt, sessionLength({ asked: input.DurationSeconds, role, chained: before !== undefined })),
    }
    return await answerWithCredentials(session, context)
  },
} satisfies Partial<Sts>

/** An IAM user has none. Nor has a browser, which is let in to no operation that hands out credentials. */
function findSession(caller: AccountCaller): RoleSession | undefined {
  if (caller.type === 'iam-user') return undefined
  if (caller.session && caller.by === 'signature') return caller.session
  throw new Refusal('forbidden', 'Only a session with credentials may assume a role.')
}

/** AWS compares such a code with a device of an IAM user: none has one here, and a role session never. */
function refuseSecondFactor(shown: string | undefined): void {
  if (shown === undefined) return
  throw new Refusal('forbidden', 'MultiFactorAuthentication failed, unable to validate MFA code.')
}

const denied = ({ arn: callerArn }: AccountCaller, action: string, resource: string): Refusal =>
  new Refusal('forbidden', describeDenial({ callerArn, action, resource }))

/** Who stands behind the session, and what that hangs on: the same through every role of a chain. */
function personOf(before: RoleSession, sourceIdentity: string | undefined) {
  const { instanceArn, userId, sessionId, assignment, webIdentity, longTermKeyId } = before
  const identity = sourceIdentity ?? before.sourceIdentity
  return {
    instanceArn,
    ...(identity === undefined ? {} : { sourceIdentity: identity }),
    ...(userId === undefined ? {} : { userId }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(assignment === undefined ? {} : { assignment }),
    ...(webIdentity === undefined ? {} : { webIdentity }),
    ...(longTermKeyId === undefined ? {} : { longTermKeyId }),
  }
}

/** Nobody stands behind a long-term key but whoever holds it. What is taken with it stays known as taken with it. */
async function startOf({ accessKeyId }: AccountCaller, sourceIdentity: string | undefined, context: OperationContext) {
  return {
    instanceArn: (await context.instance()).arn,
    longTermKeyId: accessKeyId,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  }
}

/** Each role once, as of when it was first taken: going to and fro between two makes no token longer. */
function lengthen({ chain = [], accountId, roleId, issuedAt }: RoleSession): readonly EarlierRole[] {
  const known = chain.some((role) => role.roleId === roleId && role.accountId === accountId)
  return known ? chain : [...chain, { accountId, roleId, issuedAt }]
}
