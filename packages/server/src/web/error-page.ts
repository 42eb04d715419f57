/** The page that says what went wrong, and what to do next. */

import { Refusal, type RefusalCode } from '@mayfly/identity-center/refusal'
import type { Context } from '../context/context.ts'
import { describeError } from '../context/log.ts'
import { html } from './components/html.ts'
import type { Answer } from './visit.ts'

/** The HTTP status of each refusal. */
export const STATUS: Readonly<Record<RefusalCode, number>> = {
  invalid: 400,
  'quota-exceeded': 400,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  throttled: 429,
}

const TITLES: Readonly<Record<RefusalCode, string>> = {
  invalid: 'That did not work',
  'quota-exceeded': 'That is one too many',
  forbidden: 'This is not possible',
  'not-found': 'There is nothing here',
  conflict: 'This was done already',
  throttled: 'Too many attempts',
}

/** The answer to an expected no, or to a fault: that one is logged, and the reader learns its request id. */
export function answerError(error: unknown, { log, requestId }: Pick<Context, 'log' | 'requestId'>): Answer {
  if (error instanceof Refusal) {
    const body = html`<p class="lead">${error.message}${error.hint !== undefined && html` ${error.hint}`}</p>`
    return { show: { title: TITLES[error.code], sign: 'stop', body }, status: STATUS[error.code] }
  }
  log.error('A page failed.', { requestId, ...describeError(error) })
  const body = html`<p class="lead">The fault is ours. Try again shortly; if it stays, tell your administrator this number:</p>
<p class="secret">${requestId}</p>`
  return { show: { title: 'Something went wrong', sign: 'stop', body }, status: 500 }
}
