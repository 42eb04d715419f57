/** By what else a user or a group is found: a unique attribute, or what another directory calls it. */

import type { ExternalId } from '@mayfly/identity-center/directory/user-profile'
import { Refusal } from '@mayfly/identity-center/refusal'

interface AlternateIdentifier {
  readonly ExternalId?: { readonly Issuer: string | undefined; readonly Id: string | undefined } | undefined
  readonly UniqueAttribute?:
    | { readonly AttributePath: string | undefined; readonly AttributeValue: unknown }
    | undefined
}

export type Sought<Path extends string> =
  | { readonly by: 'external-id'; readonly externalId: ExternalId }
  | { readonly by: Path; readonly value: string }

/** Throws `invalid` for an attribute that is none of `paths`, or a value that is no text. */
export function soughtBy<Path extends string>(identifier: AlternateIdentifier, paths: readonly Path[]): Sought<Path> {
  const { ExternalId, UniqueAttribute } = identifier
  if (ExternalId) {
    return { by: 'external-id', externalId: { issuer: ExternalId.Issuer ?? '', id: ExternalId.Id ?? '' } }
  }
  const asked = UniqueAttribute?.AttributePath ?? ''
  const by = findPath(asked, paths)
  if (by === undefined) throw new Refusal('invalid', `The attribute ${asked} is not a unique attribute`)
  const value = UniqueAttribute?.AttributeValue
  if (typeof value !== 'string') throw new Refusal('invalid', `The value of ${by} must be a text.`)
  return { by, value }
}

/** Terraform's examples write `UserName` where AWS's write `userName`, and AWS takes both. */
const findPath = <Path extends string>(asked: string, paths: readonly Path[]): Path | undefined =>
  paths.find((path) => path.toLowerCase() === asked.toLowerCase())

interface Filter {
  readonly AttributePath: string | undefined
  readonly AttributeValue: string | undefined
}

/** The value of a list's one filter, or undefined without one. Throws `invalid` for a filter by anything but `path`. */
export function filteredBy(filters: readonly Filter[] | undefined, path: string): string | undefined {
  const [filter] = filters ?? []
  if (filter === undefined) return undefined
  if (findPath(filter.AttributePath ?? '', [path]) === undefined) {
    throw new Refusal('invalid', `There is no filter by ${filter.AttributePath}, only by ${path}.`)
  }
  return filter.AttributeValue
}
