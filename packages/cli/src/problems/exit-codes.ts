/** The exit codes: the AWS CLI's (specification §11), and one of our own for what `why` and its like find. */

export const EXIT = {
  ok: 0,
  /** The command did its work, and what it was asked about does not stand well: `why` names a cause. */
  found: 1,
  interrupted: 130,
  arguments: 252,
  configuration: 253,
  service: 254,
  other: 255,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
