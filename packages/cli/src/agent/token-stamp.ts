/** What changes when somebody signs in or out, or a token is refreshed. */

import type { Machine } from '../machine/machine.ts'
import { openCacheFolder } from '../sealed/cache-folder.ts'
import { storagePath } from '../sealed/storage-mode.ts'
import type { SsoConfiguration } from '../shared-config/profile.ts'
import { tokenFileName } from '../sign-in/token-cache.ts'

type Session = Pick<SsoConfiguration, 'sessionName'>

/** The stamp of a session's token file, in the mode of this home; nothing when nobody is signed in. */
export function createTokenStamps(machine: Machine): (session: Session) => Promise<string | undefined> {
  let known: { readonly storage: string | undefined; readonly paths: Map<string, string> } | undefined
  return async ({ sessionName = '' }) => {
    const storage = await machine.files.stamp(storagePath(machine))
    if (known === undefined || known.storage !== storage) known = { storage, paths: new Map() }
    const { paths } = known
    let path = paths.get(sessionName)
    if (path === undefined) {
      path = (await openCacheFolder(machine, 'sso')).pathOf(tokenFileName({ sessionName, startUrl: '' }))
      paths.set(sessionName, path)
    }
    return machine.files.stamp(path)
  }
}
