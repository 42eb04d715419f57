/** Looks for keys in an object of a repository as in a file: text of either kind, and no binary. */

import type { Detected, DetectKeys } from '../detection/detected.ts'
import { decode, formOf, mayHoldKeys } from './bytes.ts'
import { messageOf } from './git/message.ts'
import type { GitObject } from './git/object-stream.ts'

export interface ObjectLook {
  readonly text: string
  readonly detected: readonly Detected[]
}

/** Nothing for an object without a key. */
export function lookAtObject({ type, bytes }: GitObject, detect: DetectKeys): ObjectLook | undefined {
  if (!mayHoldKeys(bytes)) return undefined
  const form = formOf(bytes)
  if (form === 'binary') return undefined
  const whole = decode(bytes, form)
  const text = type === 'blob' ? whole : messageOf(whole)
  const detected = detect(text)
  return detected.length > 0 ? { text, detected } : undefined
}
