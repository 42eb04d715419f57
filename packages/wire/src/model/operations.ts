/** Typed handlers for the published operations of a service, read off the types of its SDK client. */

import { ServiceException } from './service-exception.ts'

/** The names of the operations that an SDK module has commands for. */
export type OperationName<Sdk> = {
  [K in keyof Sdk]: K extends `${infer Name}Command` ? (Name extends '$' ? never : Name) : never
}[keyof Sdk]

type CommandOf<Sdk, Name extends string> = `${Name}Command` extends keyof Sdk ? Sdk[`${Name}Command`] : never

/** Off the command itself: its constructor may be called without an input where no member is required. */
type InputOf<Command> = Command extends new (input: never) => { readonly input: infer Input } ? Input : never

type OutputOf<Command> = Command extends new (
  input: never,
) => { resolveMiddleware(...parts: never[]): (request: never) => Promise<{ output: infer Output }> }
  ? Omit<Output, '$metadata'>
  : never

/** What a handler receives: the wire has checked it, so a required member is there. */
export type Checked<T> = {
  [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] : Exclude<T[K], undefined>
}

/** One handler an operation, complete: what is missing is named by the compiler. */
export type Operations<Sdk, Context> = {
  [Name in OperationName<Sdk> & string]: (
    input: Checked<NonNullable<InputOf<CommandOf<Sdk, Name>>>>,
    context: Context,
  ) => Promise<OutputOf<CommandOf<Sdk, Name>>> | OutputOf<CommandOf<Sdk, Name>>
}

/** What a handler of that operation receives. */
export type InputTo<Sdk, Name extends string> = Checked<NonNullable<InputOf<CommandOf<Sdk, Name>>>>

/** What a handler of that operation answers. */
export type OutputFrom<Sdk, Name extends string> = OutputOf<CommandOf<Sdk, Name>>

/** Stands where a handler will stand; the list of such names is checked in, and can only shrink. */
export function notImplemented<Name extends string>(...names: Name[]): Record<Name, () => never> {
  const handlers = names.map((name): [string, () => never] => [
    name,
    () => {
      throw new ServiceException('UnknownOperationException', `${name} is not answered by this server.`)
    },
  ])
  return Object.fromEntries(handlers) as Record<Name, () => never>
}
