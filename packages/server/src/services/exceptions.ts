/** Refusals and OAuth errors, in the words of each service. */

import { OAuthError } from '@mayfly/identity-center/oauth/oauth-error'
import { Refusal, type RefusalCode } from '@mayfly/identity-center/refusal'
import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { ServiceName } from '@mayfly/wire/model/service-model'

interface Word {
  readonly name: string
  readonly statusCode?: number
}

type Words = Readonly<Record<RefusalCode, Word>>

const portal: Words = {
  'not-found': { name: 'ResourceNotFoundException' },
  conflict: { name: 'InvalidRequestException' },
  invalid: { name: 'InvalidRequestException' },
  // In no model, and yet what AWS answers and clients test for (§0.1, §3.3).
  forbidden: { name: 'ForbiddenException', statusCode: 403 },
  'quota-exceeded': { name: 'TooManyRequestsException' },
  throttled: { name: 'TooManyRequestsException' },
}

const oidc: Words = {
  'not-found': { name: 'InvalidRequestException' },
  conflict: { name: 'InvalidRequestException' },
  invalid: { name: 'InvalidRequestException' },
  forbidden: { name: 'AccessDeniedException' },
  'quota-exceeded': { name: 'SlowDownException' },
  throttled: { name: 'SlowDownException' },
}

const sts: Words = {
  'not-found': { name: 'ValidationError', statusCode: 400 },
  conflict: { name: 'ValidationError', statusCode: 400 },
  invalid: { name: 'ValidationError', statusCode: 400 },
  forbidden: { name: 'AccessDenied', statusCode: 403 },
  'quota-exceeded': { name: 'Throttling', statusCode: 400 },
  throttled: { name: 'Throttling', statusCode: 400 },
}

const iamWords: Words = {
  'not-found': { name: 'NoSuchEntityException', statusCode: 404 },
  conflict: { name: 'EntityAlreadyExistsException', statusCode: 409 },
  invalid: { name: 'ValidationError', statusCode: 400 },
  forbidden: { name: 'AccessDenied', statusCode: 403 },
  'quota-exceeded': { name: 'LimitExceededException', statusCode: 409 },
  throttled: { name: 'Throttling', statusCode: 400 },
}

/** What is not found has a name of its own each: its operations say which. */
const organization: Words = {
  'not-found': { name: 'TargetNotFoundException' },
  conflict: { name: 'ConcurrentModificationException' },
  invalid: { name: 'InvalidInputException' },
  forbidden: { name: 'AccessDeniedException' },
  'quota-exceeded': { name: 'ConstraintViolationException' },
  throttled: { name: 'TooManyRequestsException' },
}

const json: Words = {
  'not-found': { name: 'ResourceNotFoundException' },
  conflict: { name: 'ConflictException' },
  invalid: { name: 'ValidationException' },
  forbidden: { name: 'AccessDeniedException' },
  'quota-exceeded': { name: 'ServiceQuotaExceededException' },
  throttled: { name: 'ThrottlingException' },
}

const WORDS: Readonly<Record<ServiceName, Words>> = {
  sso: portal,
  'sso-oidc': oidc,
  sts,
  iam: iamWords,
  'sso-admin': json,
  identitystore: json,
  organizations: organization,
  signin: json,
  mayfly: json,
}

/** What the caller is told of an expected no; undefined for anything else, which is a fault. */
export function findException(service: ServiceName, error: unknown): ServiceException | undefined {
  if (error instanceof ServiceException) return error
  if (error instanceof OAuthError) return new ServiceException(exceptionNameOf(error), error.message, { cause: error })
  if (!(error instanceof Refusal)) return undefined
  const { name, statusCode } = WORDS[service][error.code]
  const { resourceType, resourceId } = error
  return new ServiceException(name, error.message, {
    cause: error,
    ...(statusCode === undefined ? {} : { statusCode }),
    members: {
      ...(resourceType === undefined ? {} : { ResourceType: resourceType }),
      ...(resourceId === undefined ? {} : { ResourceId: resourceId }),
    },
  })
}

/** What the caller is told of a fault: that there was one, and the id under which the log describes it. */
export function faultException(service: ServiceName | undefined, requestId: string): ServiceException {
  const name = service === 'sts' || service === 'iam' ? 'InternalFailure' : 'InternalServerException'
  return new ServiceException(name, `The server failed to answer. Its log says why under request ${requestId}.`, {
    statusCode: 500,
    fault: 'server',
  })
}

/** `slow_down` is `SlowDownException`: sso-oidc's exceptions are the OAuth codes in PascalCase. */
function exceptionNameOf({ code }: OAuthError): string {
  const words = code.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return `${words.join('')}Exception`
}
