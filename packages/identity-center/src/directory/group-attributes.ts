/** The attributes of a group as its directory names them, and how they are changed (§1.11, UpdateGroup). */

import type { GroupId, IdentityStoreId } from '../identifiers.ts'
import {
  type AttributeOperation,
  type Attributes,
  applyOperation,
  checkValue,
  object,
  refuseMissing,
  refuseReserved,
  text,
} from './attribute-rule.ts'
import type { Group, VersionedGroup } from './group.ts'

const GROUP = object({ displayName: text, description: text })

interface NewGroup {
  readonly id: GroupId
  readonly identityStoreId: IdentityStoreId
  readonly createdAt: Date
  /** The ARN of who makes it. */
  readonly createdBy: string
}

/** A group from its attributes. Throws `invalid` for a value that will not do, is missing or is reserved. */
export function createGroup(attributes: Readonly<Record<string, unknown>>, made: NewGroup): VersionedGroup {
  const checked = (checkValue(GROUP, attributes, '') ?? {}) as Attributes
  refuseMissing(checked, ['displayName'])
  refuseReserved(checked, ['displayName'])
  return { ...made, updatedAt: made.createdAt, updatedBy: made.createdBy, version: 0, ...textsOf(checked) }
}

/** The group after the operations, one after the other. Throws `invalid` as `createGroup` does. */
export function updateGroup(
  { displayName, description, ...group }: VersionedGroup,
  operations: readonly AttributeOperation[],
  changed: { readonly updatedAt: Date; readonly updatedBy: string },
): VersionedGroup {
  let attributes: Attributes = description === undefined ? { displayName } : { displayName, description }
  for (const operation of operations) attributes = applyOperation(GROUP, attributes, operation)
  refuseMissing(attributes, ['displayName'])
  if (attributes['displayName'] !== displayName) refuseReserved(attributes, ['displayName'])
  return { ...group, ...changed, ...textsOf(attributes) }
}

function textsOf(attributes: Attributes): Pick<Group, 'displayName' | 'description'> {
  const description = attributes['description'] as string | undefined
  const displayName = attributes['displayName'] as string
  return description === undefined ? { displayName } : { displayName, description }
}
