/** An organizational unit: a place for accounts and for further units, at most five deep (§5.1). */

import type { OrganizationalUnitId, RootId } from '../identifiers.ts'
import type { Random } from '../random.ts'
import { type Organization, randomLetters } from './organization.ts'

/** Where an account or a unit lies. */
export type ParentId = RootId | OrganizationalUnitId

export interface OrganizationalUnit {
  readonly id: OrganizationalUnitId
  readonly parentId: ParentId
  /** No two units of one parent share a name. */
  readonly name: string
  /** `o-…/r-…/ou-…/`: from the organization down to itself. It never changes, for units do not move. */
  readonly path: string
  readonly createdAt: Date
}

/** How deep units may lie below the root. */
export const DEEPEST_UNIT = 5

/** `o-…/r-…/` */
export const rootPath = ({ id, rootId }: Pick<Organization, 'id' | 'rootId'>): string => `${id}/${rootId}/`

/** How many units deep a path leads; 0 is the root's. */
export const depthOf = (path: string): number => path.split('/').length - 3

/** The root's and the units' ids on a path, from the top down. */
export const parentIdsOn = (path: string): ParentId[] => path.split('/').slice(1, -1) as ParentId[]

export function createOrganizationalUnitId(
  { rootId }: Pick<Organization, 'rootId'>,
  random: Random,
): OrganizationalUnitId {
  return `ou-${rootId.slice('r-'.length)}-${randomLetters(random, 8)}` as OrganizationalUnitId
}

export interface NewUnit {
  readonly id: OrganizationalUnitId
  readonly name: string
  readonly parent: { readonly id: ParentId; readonly path: string }
  readonly now: Date
}

export const createOrganizationalUnit = ({ id, name, parent, now }: NewUnit): OrganizationalUnit => ({
  id,
  parentId: parent.id,
  name,
  path: `${parent.path}${id}/`,
  createdAt: now,
})
