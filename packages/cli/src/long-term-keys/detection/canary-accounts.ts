/** Accounts whose keys are bait: they open nothing, and whoever uses one raises an alarm. */

import { accountOfAccessKeyId } from '@mayfly/identity-center/account-access/role-credentials'

/**
 * Facts as TruffleHog's AWS detector publishes them (github.com/trufflesecurity/trufflehog,
 * pkg/detectors/aws/access_keys/canary.go): first the accounts of Thinkst's canarytokens.org, then those of others that
 * imitate it.
 */
const CANARY_ACCOUNTS: ReadonlySet<string> = new Set([
  ...['052310077262', '171436882533', '266735846894', '534261010715', '595918472158'],
  ...['717712589309', '730335385048', '819147034852', '893192397702', '992382622183'],
  ...['044858866125', '251535659677', '344043088457', '351906852752', '390477818340', '426127672474'],
  ...['427150556519', '439872796651', '445142720921', '465867158099', '637958123769', '693412236332'],
  ...['732624840810', '735421457923', '959235150393', '982842642351'],
])

/**
 * True for an id of an account that is known to hand out bait, also where the id may be an old one that carries no account:
 * then chance has it so once in forty thousand million. The list is not complete: other accounts may do it too.
 */
export function isCanaryId(accessKeyId: string): boolean {
  const account = accountOfAccessKeyId(accessKeyId)
  return account !== undefined && CANARY_ACCOUNTS.has(account)
}
