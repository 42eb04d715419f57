/** Accounts: search, unfold, and go to the access keys of a permission set. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import TextFilter from '@cloudscape-design/components/text-filter'
import { useDeferredValue, useMemo, useSyncExternalStore } from 'react'
import { Failure } from '../components/failure.tsx'
import { type AccountsView, useSignedIn } from '../signed-in.ts'
import { type AccountListState, searchAccounts } from './account-list.ts'
import { AccountRow } from './account-row.tsx'

const ACCOUNTS_A_PAGE = 50

export function Accounts() {
  const { accountList, accountsView: view, setAccountsView } = useSignedIn()
  const state = useSyncExternalStore(accountList.subscribe, accountList.state)
  const query = useDeferredValue(view.query)
  const found = useMemo(() => searchAccounts(state.accounts, query), [state.accounts, query])
  const pagesCount = Math.max(1, Math.ceil(found.length / ACCOUNTS_A_PAGE))
  const pageIndex = Math.min(view.pageIndex, pagesCount)
  const shown = found.slice((pageIndex - 1) * ACCOUNTS_A_PAGE, pageIndex * ACCOUNTS_A_PAGE)
  const change = (changes: Partial<AccountsView>) => setAccountsView({ ...view, ...changes })

  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        {...(state.accounts.length > 0 ? { counter: counterOf(state, found.length) } : {})}
        description="Unfold an account to see what you may do there."
        actions={<Button iconName="refresh" ariaLabel="Reload accounts" onClick={accountList.reload} />}
      >
        Accounts
      </Header>
      {state.status === 'failed' && (
        <Failure header="The accounts could not be listed" failure={state.failure} onRetry={accountList.reload} />
      )}
      <Container
        header={
          <div className="search">
            <TextFilter
              filteringText={view.query}
              filteringPlaceholder="Find accounts by name, ID or email address"
              filteringAriaLabel="Find accounts"
              filteringClearAriaLabel="Clear the search"
              countText={view.query.trim() === '' ? '' : found.length === 1 ? '1 match' : `${found.length} matches`}
              disabled={state.status === 'complete' && state.accounts.length === 0}
              onChange={({ detail }) => change({ query: detail.filteringText, pageIndex: 1 })}
            />
            {pagesCount > 1 && (
              <Pagination
                currentPageIndex={pageIndex}
                pagesCount={pagesCount}
                ariaLabels={{
                  paginationLabel: 'Pages of accounts',
                  nextPageLabel: 'Next page',
                  previousPageLabel: 'Previous page',
                  pageLabel: (page) => `Page ${page}`,
                }}
                onChange={({ detail }) => change({ pageIndex: detail.currentPageIndex })}
              />
            )}
          </div>
        }
      >
        {shown.map((account) => (
          <AccountRow
            key={account.accountId}
            account={account}
            unfolded={view.unfolded.has(account.accountId)}
            onUnfold={(unfold) => change({ unfolded: withOrWithout(view.unfolded, account.accountId, unfold) })}
          />
        ))}
        <Nothing state={state} found={found.length} onClear={() => change({ query: '', pageIndex: 1 })} />
      </Container>
    </SpaceBetween>
  )
}

function Nothing({ state, found, onClear }: { state: AccountListState; found: number; onClear: () => void }) {
  if (state.status === 'loading') {
    return (
      <Box textAlign="center" padding="m">
        <StatusIndicator type="loading">
          {state.accounts.length === 0 ? 'Loading accounts' : `Loading more accounts, ${state.accounts.length} so far`}
        </StatusIndicator>
      </Box>
    )
  }
  if (found > 0 || state.status === 'failed') return null
  if (state.accounts.length > 0) {
    return (
      <Box textAlign="center" color="inherit" padding="l">
        <Box variant="strong">No account matches</Box>
        <Box padding={{ bottom: 's' }} color="text-body-secondary">
          Try a part of the name, the account ID or the email address.
        </Box>
        <Button onClick={onClear}>Clear the search</Button>
      </Box>
    )
  }
  return (
    <Box textAlign="center" padding="xxl">
      <Box variant="h2">No accounts yet</Box>
      <Box color="text-body-secondary">
        Nobody has assigned an account to you. Ask your administrator for a permission set in the account you need.
      </Box>
    </Box>
  )
}

function counterOf({ accounts, status }: AccountListState, found: number): string {
  const all = `${accounts.length.toLocaleString()}${status === 'loading' ? '+' : ''}`
  return found === accounts.length ? `(${all})` : `(${found.toLocaleString()}/${all})`
}

function withOrWithout(set: ReadonlySet<string>, item: string, present: boolean): ReadonlySet<string> {
  const changed = new Set(set)
  if (present) changed.add(item)
  else changed.delete(item)
  return changed
}
