/** A role session that was handed out, as an audit event keeps it: which key, as whom, with which tags. */

import { assumedRoleArn } from '@mayfly/identity-center/account-access/role-credentials'
import type { RoleSession } from './issuer.ts'

/** What CloudTrail has in the account's own AssumeRoleWithSAML event (§7.4). A sign-in to the console has no key. */
export function describeIssued(session: RoleSession, accessKeyId?: string): Readonly<Record<string, unknown>> {
  const { roleId, sessionName, tags, sourceIdentity } = session
  return {
    assumedRoleUser: { assumedRoleId: `${roleId}:${sessionName}`, arn: assumedRoleArn(session) },
    ...(accessKeyId === undefined ? {} : { accessKeyId }),
    ...(tags === undefined ? {} : { principalTags: tags }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  }
}
