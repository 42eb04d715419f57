/** Lengths of time, in milliseconds, each made by a function that says its unit. */

declare const duration: unique symbol
/** A length of time in milliseconds. Make one with `seconds`, `minutes`, `hours` or `days`. */
export type Duration = number & { readonly [duration]: true }

export const milliseconds = (count: number): Duration => count as Duration
export const seconds = (count: number): Duration => (count * 1000) as Duration
export const minutes = (count: number): Duration => seconds(count * 60)
export const hours = (count: number): Duration => minutes(count * 60)
export const days = (count: number): Duration => hours(count * 24)

/** The moment that lies `length` after `moment`. */
export const after = (moment: Date, length: Duration): Date => new Date(moment.getTime() + length)
/** The moment that lies `length` before `moment`. */
export const before = (moment: Date, length: Duration): Date => new Date(moment.getTime() - length)
/** From `start` to `end`; negative when `end` lies first. */
export const between = (start: Date, end: Date): Duration => (end.getTime() - start.getTime()) as Duration
/** Whole seconds of a length, rounded down, as the wire wants them. */
export const inSeconds = (length: Duration): number => Math.floor(length / 1000)
