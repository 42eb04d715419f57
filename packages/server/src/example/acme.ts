/** The example organization's document: beside the bundle, or in the source tree. */

import { readFile } from 'node:fs/promises'
import type { Organization } from './organization.ts'
import { parseOrganization } from './organization-document.ts'

const PLACES = [new URL('./acme.yaml', import.meta.url), new URL('../../../../examples/acme.yaml', import.meta.url)]

/** Acme, as `examples/acme.yaml` describes it. */
export async function readAcme(): Promise<Organization> {
  for (const place of PLACES) {
    const text = await readFile(place, 'utf8').catch(() => undefined)
    if (text !== undefined) return parseOrganization(text, 'acme.yaml')
  }
  throw new Error('acme.yaml is missing from this installation.')
}
