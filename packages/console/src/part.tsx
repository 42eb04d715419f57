/** Which of the two parts is shown: the access portal, or the admin console, which is fetched when it is first opened. */
import { lazy, Suspense, useEffect, useState } from 'react'
import { createAccountList } from './access-portal/account-list.ts'
import { isAdminFragment } from './admin/place.ts'
import { ErrorBoundary } from './components/error-boundary.tsx'
import { Waiting } from './components/waiting.tsx'
import { Frame } from './frame.tsx'
import type { Me, Operations } from './operations.ts'

const AdminConsole = lazy(() => import('./admin-console.tsx'))

export function Part({ me, operations, onSignedOut }: { me: Me; operations: Operations; onSignedOut: () => void }) {
  const fragment = useFragment()
  const [accountList] = useState(() => createAccountList(operations))
  if (!isAdminFragment(fragment)) {
    return <Frame me={me} operations={operations} accountList={accountList} fragment={fragment} />
  }
  return (
    <ErrorBoundary>
      <Suspense fallback={<Waiting />}>
        <AdminConsole me={me} operations={operations} fragment={fragment} onSignedOut={onSignedOut} />
      </Suspense>
    </ErrorBoundary>
  )
}

function useFragment(): string {
  const [fragment, setFragment] = useState(() => location.hash)
  useEffect(() => {
    const follow = () => setFragment(location.hash)
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [])
  return fragment
}
