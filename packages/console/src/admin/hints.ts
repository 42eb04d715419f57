/** What to do next after a refusal, by the name of AWS's exception. */

const HINTS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'Switch to a role that may do this, at the top of the page, or ask for it.',
  ConcurrentModificationException: 'Somebody else changed it at the same time. Reload and try again.',
  ConflictException: 'Reload to see what is there now.',
  DuplicatePolicyException: 'Choose another name.',
  InternalServerException: 'The server’s log says more about this request.',
  ResourceNotFoundException: 'It may have been deleted meanwhile. Reload to see what is there.',
  ServiceQuotaExceededException: 'An operator may raise this quota in the server’s configuration.',
  ThrottlingException: 'Wait a moment, then try again.',
  TooManyRequestsException: 'Wait a moment, then try again.',
  UnknownOperationException: 'This version of the server does not offer it.',
}

/** A sentence for the person, or undefined when the message says enough. */
export function hintFor(exception: string): string | undefined {
  return HINTS[exception]
}
