/** The bytes of a file once a change is made in them. */

import { createHash } from 'node:crypto'
import type { FileEdit } from './file-edit.ts'
import { applySplices, type Splice } from './text/splice.ts'
import { decodeAs, encodeAddition, writeText } from './text/text-of-file.ts'

type Change = Pick<FileEdit, 'splices' | 'encoding'>

/** Nothing for bytes that are no text of the change's encoding. Null stands for no file. */
export function editedBytes(change: Change, present: Uint8Array | null): Uint8Array | undefined {
  const text = textOf(change, present)
  return text === undefined ? undefined : writeText(applySplices(text, splicesOf(change)), change.encoding)
}

export const textOf = ({ encoding }: Change, bytes: Uint8Array | null): string | undefined =>
  bytes === null ? '' : decodeAs(bytes, encoding)

/** As they fit into the text. */
export const splicesOf = ({ splices, encoding }: Change): readonly Splice[] =>
  splices.map((splice) => ({ ...splice, text: encodeAddition(splice.text, encoding) }))

/** SHA-256 in hex; null for no file. */
export const hashOf = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : createHash('sha256').update(bytes).digest('hex')
