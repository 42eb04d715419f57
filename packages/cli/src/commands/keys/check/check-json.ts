/** What was found out about keys, for programs. */

import type { KeyFacts, LastUse } from '../../../long-term-keys/inquiry/key-facts.ts'
import { isOwnUse } from '../../../long-term-keys/inquiry/own-uses.ts'
import type { CheckedFacts } from './check-report.ts'

/** Every member is there in every key; null stands for what is not known. */
export function describeKey({ key, facts }: CheckedFacts) {
  const { policies, otherKeys } = facts
  return {
    accessKeyId: facts.accessKeyId,
    accountId: facts.accountId ?? null,
    state: facts.state,
    reason: facts.reason,
    isRoot: facts.isRoot,
    isCanary: facts.isCanary,
    arn: facts.arn ?? null,
    userName: facts.userName ?? null,
    createdAt: facts.createdAt ?? null,
    lastUsed: facts.lastUsed ? describeUse(facts.lastUsed, facts) : null,
    otherKeys: otherKeys.map(({ accessKeyId, status, createdAt, lastUsed }) => ({
      accessKeyId,
      status,
      createdAt: createdAt ?? null,
      lastUsed: lastUsed ? describeUse(lastUsed) : null,
    })),
    policies: policies
      ? policies.policies.map(({ name, way, arn, groupName }) => ({
          name,
          way,
          arn: arn ?? null,
          groupName: groupName ?? null,
        }))
      : null,
    isEveryPolicyKnown: policies?.isWhole ?? false,
    tags: facts.tags,
    places: key.places,
    cannot: facts.cannot,
    askedAs: facts.askedAs,
  }
}

const describeUse = (used: LastUse, facts?: KeyFacts) => ({
  at: used.at ?? null,
  service: used.service ?? null,
  region: used.region ?? null,
  isOurs: facts ? isOwnUse(used, facts.ownUses) : false,
})
