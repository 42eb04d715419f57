/** What every page of the admin console knows: in which role it acts, where, and how to ask the server. */
import { createContext, use, useEffect } from 'react'
import type { Me } from '../operations.ts'
import type { AdministrationRole, Api } from './api.ts'
import type { CallLog } from './call-log.ts'
import type { Names } from './names.ts'

export interface Administration {
  me: Me
  role: AdministrationRole
  api: Api
  log: CallLog
  names: Names
  instanceArn: string
  identityStoreId: string
  managementAccountId: string
  /** Tells at the top of the page what was done. */
  notify(text: string): void
  /** Says that leaving the page would lose what was entered. */
  setUnsaved(unsaved: boolean): void
}

export const AdministrationContext = createContext<Administration | undefined>(undefined)

export function useAdministration(): Administration {
  const administration = use(AdministrationContext)
  if (!administration) throw new Error('A page was shown outside the frame.')
  return administration
}

/** While `unsaved`, the person is asked before the page is left. */
export function useUnsaved(unsaved: boolean): void {
  const { setUnsaved } = useAdministration()
  useEffect(() => {
    setUnsaved(unsaved)
    return () => setUnsaved(false)
  }, [unsaved, setUnsaved])
}
