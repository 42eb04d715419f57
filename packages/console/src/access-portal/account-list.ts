/** The accounts that a person can reach, fetched page by page and kept while the portal is open. */
import type { Account, Operations } from '../operations.ts'

export interface AccountListState {
  accounts: readonly Account[]
  status: 'loading' | 'complete' | 'failed'
  failure?: unknown
}

export interface AccountList {
  /** For `useSyncExternalStore`: calls back after every change until the answer is called. */
  subscribe(listener: () => void): () => void
  state(): AccountListState
  reload(): void
  /** The names of the permission sets in an account, sorted; asked once, and again after `reload` or a failure. */
  rolesOf(accountId: string): Promise<string[]>
}

/** Starts to fetch at once: 3,000 accounts are thirty pages, and the first is shown while the others arrive. */
export function createAccountList(operations: Pick<Operations, 'listAccounts' | 'listAccountRoles'>): AccountList {
  const listeners = new Set<() => void>()
  const roles = new Map<string, Promise<string[]>>()
  let state: AccountListState = { accounts: [], status: 'loading' }
  let round = 0

  function change(next: AccountListState): void {
    state = next
    for (const listener of listeners) listener()
  }

  async function fetchAll(): Promise<void> {
    round += 1
    const mine = round
    roles.clear()
    change({ accounts: [], status: 'loading' })
    try {
      let nextToken: string | undefined
      do {
        const page = await operations.listAccounts(nextToken)
        if (mine !== round) return
        nextToken = page.nextToken
        const accounts = [...state.accounts, ...page.accountList]
        change(nextToken ? { accounts, status: 'loading' } : { accounts: accounts.sort(byName), status: 'complete' })
      } while (nextToken)
    } catch (failure) {
      if (mine === round) change({ ...state, status: 'failed', failure })
    }
  }

  void fetchAll()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    state: () => state,
    reload: () => void fetchAll(),
    rolesOf(accountId) {
      const known = roles.get(accountId)
      if (known) return known
      const asked = operations.listAccountRoles(accountId).then((names) => names.sort(inOrder))
      roles.set(accountId, asked)
      asked.catch(() => roles.delete(accountId))
      return asked
    },
  }
}

/** The accounts whose name, number or e-mail address holds every word of `query`. */
export function searchAccounts(accounts: readonly Account[], query: string): readonly Account[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return accounts
  return accounts.filter(({ accountId, accountName = '', emailAddress = '' }) => {
    const text = `${accountName}\n${accountId}\n${emailAddress}`.toLowerCase()
    // People paste account numbers as the AWS console shows them: 1111-2222-3333.
    return words.every((word) => text.includes(word) || text.includes(word.replaceAll('-', '')))
  })
}

/** The name to show for an account. */
export function accountLabel(account: Account | undefined, accountId: string): string {
  return account?.accountName || accountId
}

function byName(one: Account, other: Account): number {
  return (
    inOrder(accountLabel(one, one.accountId), accountLabel(other, other.accountId)) ||
    inOrder(one.accountId, other.accountId)
  )
}

// One collator: localeCompare makes one a call, and 3,000 accounts are 35,000 comparisons.
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
function inOrder(one: string, other: string): number {
  return collator.compare(one, other)
}
