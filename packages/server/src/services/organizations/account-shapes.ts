/** An account of the organization as the wire names it. */

import { type Account, accountState, accountStatus } from '@mayfly/identity-center/account-access/account'
import { type Organization, organizationResourceArn } from '@mayfly/identity-center/organization/organization'

/** What every description of an account says. */
export function describeAccount(found: Organization, account: Account, now: Date) {
  const { id, name, email, joinedMethod, createdAt } = account
  return {
    Id: id,
    Arn: organizationResourceArn(found, 'account', id),
    ...(email === '' ? {} : { Email: email }),
    Name: name,
    Status: accountStatus(account, now),
    State: accountState(account, now),
    JoinedMethod: joinedMethod,
    JoinedTimestamp: createdAt,
  }
}
