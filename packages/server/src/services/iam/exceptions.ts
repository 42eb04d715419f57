/** What IAM refuses, under the names that its model gives it. */

import { ServiceException } from '@mayfly/wire/model/service-exception'

/** The HTTP status comes from the model. */
type Refused =
  | 'DeleteConflict'
  | 'EntityAlreadyExists'
  | 'InvalidInput'
  | 'LimitExceeded'
  | 'MalformedPolicyDocument'
  | 'NoSuchEntity'
  | 'UnmodifiableEntity'

export const refused = (name: Refused, message: string): ServiceException =>
  new ServiceException(`${name}Exception`, message)

export const noRole = (name: string): ServiceException =>
  refused('NoSuchEntity', `The role with name ${name} cannot be found.`)

export const noUser = (name: string): ServiceException =>
  refused('NoSuchEntity', `The user with name ${name} cannot be found.`)

export const noPolicy = (arn: string): ServiceException =>
  refused('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`)

/** Tools tell these roles from their own by these words. */
export const protectedRole = (name: string): ServiceException =>
  refused(
    'UnmodifiableEntity',
    `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
  )

export const beyondQuota = (quota: string, most: number): ServiceException =>
  refused('LimitExceeded', `Cannot exceed quota for ${quota}: ${most}`)
