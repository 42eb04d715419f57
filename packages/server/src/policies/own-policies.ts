/** What a role or a user has been given itself: its own part of what decides. */

import type { Policy } from '@mayfly/identity-center/policy/policy'
import type { Store } from '@mayfly/store'
import type { PolicyDocuments } from './policy-documents.ts'

export interface OwnPolicies {
  readonly identity: readonly Policy[]
  /** Absent where there is none. */
  readonly permissionsBoundary?: readonly Policy[]
  readonly tags: Readonly<Record<string, string>>
}

/** Of what is gone. */
export const NOTHING_OWN: OwnPolicies = { identity: [], tags: {} }

/** Where policies are read. */
export interface PolicySources {
  readonly store: Store
  readonly documents: PolicyDocuments
}

interface Written {
  readonly inline: readonly { readonly document: string }[]
  /** ARNs of managed policies. */
  readonly attached: readonly string[]
  /** The ARN of a managed policy. */
  readonly permissionsBoundary: string | undefined
  readonly tags: readonly { readonly key: string; readonly value: string }[]
}

export async function compileOwn(
  { inline, attached, permissionsBoundary, tags }: Written,
  { documents }: PolicySources,
): Promise<OwnPolicies> {
  return {
    identity: [
      ...(await documents.findManaged(attached)),
      ...inline.map(({ document }) => documents.compile(document, 'identity')),
    ],
    ...(permissionsBoundary === undefined
      ? {}
      : { permissionsBoundary: await documents.findManaged([permissionsBoundary]) }),
    tags: Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  }
}
