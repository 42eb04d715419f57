/** The frame around every page: who is signed in, where one can go, and how it looks. */
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import type { AccountList } from './access-portal/account-list.ts'
import { Accounts } from './access-portal/accounts.tsx'
import { ErrorBoundary } from './components/error-boundary.tsx'
import { Waiting } from './components/waiting.tsx'
import { type Page, parseFragment } from './fragment.ts'
import type { Me, Operations } from './operations.ts'
import { type AccountsView, SignedInContext } from './signed-in.ts'
import { Top } from './top.tsx'

const AccessKeys = lazy(() => import('./access-portal/access-keys.tsx'))
const ConsoleLink = lazy(() => import('./access-portal/console-link.tsx'))
const Applications = lazy(() => import('./access-portal/applications.tsx'))
const Sessions = lazy(() => import('./access-portal/sessions.tsx'))
const Security = lazy(() => import('./access-portal/security.tsx'))
const Shortcuts = lazy(() => import('./access-portal/shortcuts-page.tsx'))
const NoPage = lazy(() => import('./access-portal/no-page.tsx'))

const TITLES: Record<Page['name'], string> = {
  accounts: 'Accounts',
  applications: 'Applications',
  'access-keys': 'Access keys',
  console: 'Management console',
  sessions: 'Sessions',
  security: 'Security',
  shortcuts: 'Shortcuts',
  'incomplete-link': 'Incomplete link',
  unknown: 'No such page',
}

export function Frame(props: { me: Me; operations: Operations; accountList: AccountList; fragment: string }) {
  const { me, operations, accountList } = props
  const page = useMemo(() => parseFragment(props.fragment), [props.fragment])
  const main = useRef<HTMLElement>(null)
  const [accountsView, setAccountsView] = useState<AccountsView>({ query: '', pageIndex: 1, unfolded: new Set() })
  useTitle(`${TITLES[page.name]} · ${me.instance.name}`, main)
  const signedIn = useMemo(
    () => ({
      me,
      operations,
      accountList,
      accountsView,
      setAccountsView,
      signOut: () => {
        // The page there says that it is done, or asks again when this call did not arrive.
        void operations
          .signOut()
          .catch(() => {})
          .then(() => location.assign('/sign-out'))
      },
    }),
    [me, operations, accountList, accountsView],
  )
  return (
    <SignedInContext value={signedIn}>
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <Top current={page.name} />
      <main className="page" id="main" ref={main} tabIndex={-1}>
        <ErrorBoundary key={location.hash}>
          <Suspense fallback={<Waiting />}>
            <Shown page={page} />
          </Suspense>
        </ErrorBoundary>
      </main>
    </SignedInContext>
  )
}

function Shown({ page }: { page: Page }) {
  switch (page.name) {
    case 'accounts':
      return <Accounts />
    case 'applications':
      return <Applications />
    case 'access-keys':
      return <AccessKeys role={page} key={`${page.accountId}/${page.roleName}`} />
    case 'console':
      return <ConsoleLink link={page} key={JSON.stringify(page)} />
    case 'sessions':
      return <Sessions />
    case 'security':
      return <Security />
    case 'shortcuts':
      return <Shortcuts />
    case 'incomplete-link':
      return <NoPage header="This link is not complete" because={page.because} />
    case 'unknown':
      return <NoPage header="There is no such page" because={`Nothing is kept at ${page.path || '/'}.`} />
  }
}

/** A new page is announced by its title, and the keyboard starts at its top. */
function useTitle(title: string, main: React.RefObject<HTMLElement | null>): void {
  const first = useRef(true)
  useEffect(() => {
    document.title = title
    if (first.current) {
      first.current = false
      return
    }
    scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [title, main])
}
