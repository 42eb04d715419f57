/** The tags of a resource, for policies that ask for them. */

import type { AccountId } from '@mayfly/identity-center/identifiers'
import type { Tag } from '@mayfly/identity-center/tag'
import type { Store } from '@mayfly/store'

const MOST_TAGS = 100

/** `aws:ResourceTag/<key>`, and for what IAM keeps `iam:ResourceTag/<key>` too. */
export async function findResourceTagKeys(arn: string, store: Store): Promise<Record<string, readonly string[]>> {
  const isIam = /^arn:[\w-]+:iam:/.test(arn)
  const keys: Record<string, readonly string[]> = {}
  for (const { key, value } of await tagsOf(arn, isIam, store)) {
    keys[`aws:resourcetag/${key.toLowerCase()}`] = [value]
    if (isIam) keys[`iam:resourcetag/${key.toLowerCase()}`] = [value]
  }
  return keys
}

async function tagsOf(arn: string, isIam: boolean, store: Store): Promise<readonly Tag[]> {
  if (!isIam) return (await store.tags.list(arn, { limit: MOST_TAGS })).items
  const [, account = '', kind, name = ''] = /^arn:[\w-]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/.exec(arn) ?? []
  if (kind !== undefined) {
    const table = kind === 'role' ? store.roles : store.iamUsers
    return (await table.findByName(account as AccountId, name))?.tags ?? []
  }
  return (await store.iamPolicies.findByArn(arn))?.tags ?? []
}
