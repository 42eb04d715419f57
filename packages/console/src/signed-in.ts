/** What every page of the portal knows: who is signed in, and how to ask the server. */
import { createContext, use } from 'react'
import type { AccountList } from './access-portal/account-list.ts'
import type { Me, Operations } from './operations.ts'

export interface SignedIn {
  me: Me
  operations: Operations
  accountList: AccountList
  /** The search and the unfolded accounts outlive a visit to another page. */
  accountsView: AccountsView
  setAccountsView(view: AccountsView): void
  /** Ends this session by leaving the portal for the page that says so. */
  signOut(): void
}

export interface AccountsView {
  query: string
  pageIndex: number
  unfolded: ReadonlySet<string>
}

export const SignedInContext = createContext<SignedIn | undefined>(undefined)

export function useSignedIn(): SignedIn {
  const signedIn = use(SignedInContext)
  if (!signedIn) throw new Error('A page was shown outside the frame.')
  return signedIn
}
