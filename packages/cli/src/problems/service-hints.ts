/** What a person can do about a service's refusal, by the name of its exception. */

import type { ServiceException } from '@mayfly/wire/model/service-exception'

const HINTS: Readonly<Record<string, string>> = {
  ForbiddenException:
    'The account or the role is not assigned to you, or no longer. To choose another: mayfly configure sso',
  ResourceNotFoundException: 'The account or the role is not there. To choose another: mayfly configure sso',
  TooManyRequestsException: 'The service asks for patience. Try again in a minute.',
  AccessDeniedException: 'The sign-in was refused, or the role does not allow this. To sign in again: mayfly sso login',
  InvalidGrantException: 'The code or the session is used up or has ended. Run: mayfly sso login',
  InvalidClientException: 'The server does not know this computer any more. Run: mayfly sso login',
  UnauthorizedClientException:
    'The server does not allow this way of signing in. Try: mayfly sso login --use-device-code',
  InvalidScopeException: 'The scopes are not allowed. Correct them: mayfly configure sso-session',
  InvalidRequestException: 'Check the start URL and its region: mayfly configure sso-session',
  MisdirectedRequest: 'Correct the start URL: mayfly configure sso-session',
  SlowDownException: 'The service asks for patience. Try again in a minute.',
  InternalServerException: 'This is a fault of the service. Try again in a minute.',
  ExpiredTokenException: 'The credentials have expired. Run: mayfly sso login',
  // STS, in the words of the Query protocol.
  ExpiredToken: 'The credentials have expired. Run: mayfly sso login',
  InvalidClientTokenId: 'The service does not know these credentials, or they were ended. Run: mayfly sso login',
  SignatureDoesNotMatch: "Are the secret key and this computer's clock right?",
}

export const findServiceHint = (error: ServiceException): string | undefined => HINTS[error.name] ?? statusHint(error)

/** For an answer without an exception's name. One without any member, a page in HTML, comes from no service of AWS's kind. */
function statusHint({ name, members }: ServiceException): string | undefined {
  if (/^Http5/.test(name)) return 'The service failed, or a proxy before it. Try again in a minute.'
  return /^Http\d/.test(name) && Object.keys(members).length === 0
    ? 'What answers there is no Identity Center. Correct the start URL: mayfly configure sso-session'
    : undefined
}
