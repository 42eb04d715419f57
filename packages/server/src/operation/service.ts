/** What `perform` needs to know of a service. */

import type { OperationContext } from './operation-context.ts'

/**
 * Who may ask: `anyone` (it proves itself by what it sends), `user` (a portal token or a session cookie),
 * `role` (a signature made with role credentials, whatever they allow), `account` (that, or a signature made with a
 * long-term access key).
 */
export type Audience = 'anyone' | 'user' | 'role' | 'account'

/** A handler as `perform` calls it, once the input has been checked against the model. */
export type Handler = (input: never, context: OperationContext) => unknown

export interface Service {
  /** As CloudTrail names it. */
  readonly eventSource: string
  readonly operations: Readonly<Record<string, Handler>>
  /** Those that are answered, and to whom. One that is not named here is not implemented. */
  readonly audiences: Readonly<Record<string, Audience>>
  readonly readOnly: ReadonlySet<string>
  /** What CloudTrail calls an operation by another name than its own, or by what was asked (which may be anything). */
  readonly eventNames?: Readonly<Record<string, string | ((input: Readonly<Record<string, unknown>>) => string)>>
  /** What an operation that is not answered is called. */
  readonly unknownOperation: string
}
