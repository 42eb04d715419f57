/** What the organization refuses, under the names that its model gives it. */

import { ServiceException } from '@mayfly/wire/model/service-exception'

/** What was named and is not there. */
type Missing =
  | 'AccountNotFound'
  | 'ChildNotFound'
  | 'CreateAccountStatusNotFound'
  | 'DestinationParentNotFound'
  | 'HandshakeNotFound'
  | 'OrganizationalUnitNotFound'
  | 'ParentNotFound'
  | 'PolicyNotFound'
  | 'RootNotFound'
  | 'SourceParentNotFound'
  | 'TargetNotFound'

export const notFound = (what: Missing, id: string): ServiceException =>
  new ServiceException(`${what}Exception`, `There is no ${id} in this organization.`)

export const notInUse = (): ServiceException =>
  new ServiceException('AWSOrganizationsNotInUseException', 'This account does not belong to an organization.')

/** What the model calls a reason stands beside the message. */
export const invalidInput = (reason: string, message: string): ServiceException =>
  new ServiceException('InvalidInputException', message, { members: { Reason: reason } })

export const constraintViolation = (reason: string, message: string): ServiceException =>
  new ServiceException('ConstraintViolationException', message, { members: { Reason: reason } })

export const handshakeViolation = (reason: string, message: string): ServiceException =>
  new ServiceException('HandshakeConstraintViolationException', message, { members: { Reason: reason } })

/** Exceptions that carry a message alone. */
type Plain =
  | 'AccountAlreadyClosed'
  | 'AccountAlreadyRegistered'
  | 'AccountNotRegistered'
  | 'AlreadyInOrganization'
  | 'DuplicateAccount'
  | 'DuplicateOrganizationalUnit'
  | 'DuplicatePolicy'
  | 'DuplicatePolicyAttachment'
  | 'MalformedPolicyDocument'
  | 'MasterCannotLeaveOrganization'
  | 'OrganizationNotEmpty'
  | 'OrganizationalUnitNotEmpty'
  | 'PolicyInUse'
  | 'PolicyNotAttached'
  | 'PolicyTypeAlreadyEnabled'
  | 'PolicyTypeNotAvailableForOrganization'
  | 'PolicyTypeNotEnabled'

export const refused = (name: Plain, message: string): ServiceException =>
  new ServiceException(`${name}Exception`, message)
