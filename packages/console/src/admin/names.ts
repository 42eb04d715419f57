/** The names of what is known by an id: asked once each, and kept while the page is open. */
import type { Api } from './api.ts'
import { prepare } from './call.ts'

export type Kind = 'USER' | 'GROUP' | 'ACCOUNT' | 'PERMISSION_SET'

export interface Names {
  /** The name, or undefined when there is nothing (any more) by that id. */
  find(kind: Kind, id: string): Promise<string | undefined>
  /** Forgets what may have changed. */
  forget(kind: Kind, id: string): void
  /** Keeps a name that came with another answer. */
  keep(kind: Kind, id: string, name: string): void
}

export function createNames(api: Api, instanceArn: string, identityStoreId: string): Names {
  const known = new Map<string, Promise<string | undefined>>()
  const keyOf = (kind: Kind, id: string) => `${kind} ${id}`
  const ask = async (kind: Kind, id: string): Promise<string | undefined> => {
    switch (kind) {
      case 'USER': {
        const user = await api.send(
          prepare('identitystore', 'DescribeUser', { IdentityStoreId: identityStoreId, UserId: id }),
        )
        return user.UserName
      }
      case 'GROUP': {
        const group = await api.send(
          prepare('identitystore', 'DescribeGroup', { IdentityStoreId: identityStoreId, GroupId: id }),
        )
        return group.DisplayName
      }
      case 'ACCOUNT':
        return (await api.send(prepare('organizations', 'DescribeAccount', { AccountId: id }))).Account.Name
      case 'PERMISSION_SET': {
        const input = { InstanceArn: instanceArn, PermissionSetArn: id }
        return (await api.send(prepare('sso-admin', 'DescribePermissionSet', input))).PermissionSet.Name
      }
    }
  }
  return {
    find(kind, id) {
      const key = keyOf(kind, id)
      const asked = known.get(key) ?? ask(kind, id).catch(() => undefined)
      known.set(key, asked)
      return asked
    },
    forget: (kind, id) => void known.delete(keyOf(kind, id)),
    keep: (kind, id, name) => void known.set(keyOf(kind, id), Promise.resolve(name)),
  }
}
