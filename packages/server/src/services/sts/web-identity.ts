/** AssumeRoleWithWebIdentity: a token of a trusted issuer becomes a role session (sign-in.md, "From one role to the next"). */

import { after } from '@mayfly/identity-center/duration'
import { partitionOfArn } from '@mayfly/identity-center/partition'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'
import type { RoleSession } from '../../role-credentials/issuer.ts'
import { answerWithCredentials, findRoleByArn, roleOf, settingsOf } from './assumed-session.ts'
import { sessionLength } from './session-length.ts'
import { findSessionPolicies } from './session-policies.ts'
import { createSessionTags, NO_TAGS } from './session-tags.ts'
import { verifyWebIdentity } from './web-identity-token.ts'
import { trustsWebIdentity } from './web-identity-trust.ts'

type Sts = Operations<typeof import('@aws-sdk/client-sts'), OperationContext>

export const webIdentity = {
  /** Signed by nobody: the token alone counts, and until it is verified nothing of the role is told. */
  async AssumeRoleWithWebIdentity(input, context) {
    const issuedAt = context.clock.now()
    const { RoleArn: arn, RoleSessionName: sessionName } = input
    if (input.ProviderId !== undefined) throw new Refusal('invalid', 'ProviderId is for tokens that are no JWTs.')
    const verified = await verifyWebIdentity(input.WebIdentityToken, context)
    const { identity, issuerUrl, tags, sourceIdentity } = verified
    context.actingFor.webIdentity = identity
    const role = await findRoleByArn(arn, context.store)
    const partition = partitionOfArn(arn)
    if (!role || !trustsWebIdentity({ ...verified, role, partition, sessionName }, context)) {
      throw new Refusal('forbidden', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
    }
    const arns = (input.PolicyArns ?? []).flatMap(({ arn: policy }) => policy ?? [])
    const policies = { inline: input.Policy, arns, accountId: role.accountId }
    const session: RoleSession = {
      instanceArn: (await context.instance()).arn,
      ...roleOf(role),
      sessionName,
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      webIdentity: identity,
      ...settingsOf(createSessionTags(tags, NO_TAGS), await findSessionPolicies(policies, context.store)),
      issuedAt,
      expiresAt: after(issuedAt, sessionLength({ asked: input.DurationSeconds, role, chained: false })),
    }
    return {
      ...(await answerWithCredentials(session, context)),
      SubjectFromWebIdentityToken: identity.subject,
      Audience: identity.audience,
      Provider: issuerUrl,
    }
  },
} satisfies Partial<Sts>
