/** The tables of the directory, and what the second step added to them. */

import type { VersionedGroup } from '@mayfly/identity-center/directory/group'
import type { UserDetails } from '@mayfly/identity-center/directory/user'
import type { ExternalId } from '@mayfly/identity-center/directory/user-profile'
import type { RowOf } from '../codec.ts'

/** An external id, and whose it is. */
export interface FlatExternalId extends ExternalId {
  readonly principalType: 'USER' | 'GROUP'
  readonly principalId: string
}

export interface UserKeys {
  user_name_key: string
  display_name_key: string | null
  family_name_key: string | null
  email_key: string | null
}

export interface DirectorySchema {
  users: RowOf<UserDetails> & UserKeys
  groups: RowOf<VersionedGroup> & { display_name_key: string }
  external_ids: RowOf<FlatExternalId>
}
