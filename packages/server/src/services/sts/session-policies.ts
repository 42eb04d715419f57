/** Session policies: what narrows a role session further than its role. */

import { MalformedPolicy } from '@mayfly/identity-center/policy/malformed-policy'
import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { SessionPolicies } from '../../role-credentials/issuer.ts'

const MOST_ARNS = 10

export interface AskedPolicies {
  readonly inline: string | undefined
  readonly arns: readonly string[]
  /** The role's account, whose policies alone count besides AWS's. */
  readonly accountId: string
}

/** Undefined when nothing narrows the session. Throws what AWS answers for a document that nobody can read. */
export async function findSessionPolicies(
  { inline, arns, accountId }: AskedPolicies,
  { iamPolicies }: Pick<Store, 'iamPolicies'>,
): Promise<SessionPolicies | undefined> {
  if (arns.length > MOST_ARNS) throw new Refusal('invalid', `A session has at most ${MOST_ARNS} managed policies.`)
  if (inline !== undefined) checkDocument(inline)
  for (const arn of arns) {
    const [, owner] = /^arn:[\w-]+:iam::(\d{12}|aws):policy\/.+$/.exec(arn) ?? []
    if (owner === 'aws') continue
    const known = owner === accountId ? await iamPolicies.findByArn(arn) : undefined
    if (!known) throw new Refusal('invalid', `The policy ${arn} is not in the role's account.`)
  }
  if (inline === undefined && arns.length === 0) return undefined
  return { ...(inline === undefined ? {} : { inline }), arns: [...new Set(arns)] }
}

/** In characters, as it is written. The model sets no limit any more; AWS still does. */
const LONGEST_DOCUMENT = 2048

function checkDocument(document: string): void {
  if (document.length > LONGEST_DOCUMENT) {
    const rule = `Member must have length less than or equal to ${LONGEST_DOCUMENT}`
    throw new Refusal('invalid', `1 validation error detected: Value at 'policy' failed to satisfy constraint: ${rule}`)
  }
  try {
    parsePolicy(document, 'session')
  } catch (error) {
    if (!(error instanceof MalformedPolicy)) throw error
    throw new ServiceException('MalformedPolicyDocument', error.message, { statusCode: 400, cause: error })
  }
}
