/** The document of the example: Acme's, beside the bundle or in the source tree, or one of the operator's own. */

import { readFile } from 'node:fs/promises'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Organization } from './organization.ts'
import { parseOrganization } from './organization-document.ts'

const PLACES = [new URL('./acme.yaml', import.meta.url), new URL('../../../../examples/acme.yaml', import.meta.url)]

/** The end of Acme's instance ARN: whoever finds it in a database knows that everybody knows its passwords. */
export const ACME_INSTANCE = '7223b1e5f2a94c60'

/** Acme, as `examples/acme.yaml` describes it. */
export async function readAcme(): Promise<Organization> {
  for (const place of PLACES) {
    const text = await readFile(place, 'utf8').catch(() => undefined)
    if (text !== undefined) return parseOrganization(text, 'acme.yaml')
  }
  throw new Error('acme.yaml is missing from this installation.')
}

/** The organization of a document: Acme, unless `file` names another. Throws `invalid`. */
export async function readExample(file: string | undefined): Promise<Organization> {
  if (file === undefined) return await readAcme()
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new Refusal('invalid', `MAYFLY_EXAMPLE names ${file}, which cannot be read.`, {
      hint: 'It is "true" for the example organization, or the file of an organization document.',
      cause: error,
    })
  })
  return parseOrganization(text, file)
}
