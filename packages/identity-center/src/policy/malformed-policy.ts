/** A policy document that nobody can follow: what is wrong, where, and what to write instead. */

import { Refusal } from '../refusal.ts'

/** A place in a document's text, counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/**
 * The refusal `invalid` of a policy document. Its message names the place and what is wrong there, its hint the fix.
 * Services that have a name of their own for this (`MalformedPolicyDocument`) test for this class.
 */
export class MalformedPolicy extends Refusal {
  readonly place: Place
  /** `Statement[0].Action`; empty for the document as a whole. */
  readonly path: string

  constructor(problem: string, where: { readonly place: Place; readonly path: string; readonly fix: string }) {
    const { place, path, fix } = where
    const member = path === '' ? '' : ` (${path})`
    super('invalid', `Syntax errors in policy at line ${place.line}, column ${place.column}${member}: ${problem}`, {
      hint: fix,
    })
    this.place = place
    this.path = path
  }
}
