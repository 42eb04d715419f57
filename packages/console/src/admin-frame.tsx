/** The frame of the admin console: the bar, the pages at the side, what was done, and the calls that did it. */
import AppLayoutToolbar from '@cloudscape-design/components/app-layout-toolbar'
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group'
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar'
import SideNavigation from '@cloudscape-design/components/side-navigation'
import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { type Administration, AdministrationContext } from './admin/administration.ts'
import { type AdministrationRole, createApi } from './admin/api.ts'
import { createCallLog } from './admin/call-log.ts'
import { CallsDrawer } from './admin/calls-drawer.tsx'
import { LeaveUnsaved, useHeldFragment } from './admin/leave-unsaved.tsx'
import { createNames } from './admin/names.ts'
import { hrefOf, parsePlace } from './admin/place.ts'
import { AdminPage, NAVIGATION, titleOf } from './admin-pages.tsx'
import { AdminTop } from './admin-top.tsx'
import { currentTime } from './clock.ts'
import { ErrorBoundary } from './components/error-boundary.tsx'
import { Waiting } from './components/waiting.tsx'
import type { Me, Operations } from './operations.ts'

/** What was done. It stays for the page that follows, and goes with the one after. */
interface Notice {
  text: string
  visits: number
}

interface Props {
  me: Me
  operations: Operations
  fragment: string
  role: AdministrationRole
  roles: readonly AdministrationRole[]
  onChooseRole(role: AdministrationRole): void
  onSignedOut(): void
}

export function AdminFrame(props: Props) {
  const { operations, roles, onChooseRole } = props
  const [notices, setNotices] = useState<readonly Notice[]>([])
  const [drawer, setDrawer] = useState<string | null>(null)
  const [navigationOpen, setNavigationOpen] = useState(() => innerWidth > 688)
  const { fragment, held, leave, stay, setUnsaved } = useHeldFragment(props.fragment)
  const administration = useAdministrationOf(props, setNotices, setUnsaved)
  const place = useMemo(() => parsePlace(fragment), [fragment])
  const title = titleOf(place)
  const main = useRef<HTMLDivElement>(null)
  useTitle(`${title} · ${props.me.instance.name}`, fragment, main)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page counts as one visit
  useEffect(() => {
    setNotices((before) =>
      before.map(({ text, visits }) => ({ text, visits: visits + 1 })).filter(({ visits }) => visits < 2),
    )
  }, [fragment])
  const signOut = () =>
    void operations
      .signOut()
      .catch(() => {})
      .then(() => location.assign('/sign-out'))
  return (
    <AdministrationContext value={administration}>
      <button type="button" className="skip-link" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <AdminTop roles={roles} onChooseRole={onChooseRole} onSignOut={signOut} />
      <AppLayoutToolbar
        headerSelector="#admin-top"
        breadcrumbs={<Breadcrumbs page={place.path[0]} title={title} />}
        contentType="default"
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        navigation={
          <SideNavigation
            header={{ text: 'Administration', href: '#/admin' }}
            activeHref={`#/admin${place.path[0] ? `/${place.path[0]}` : ''}`}
            items={NAVIGATION}
          />
        }
        notifications={
          <Flashbar items={flashesOf(notices, (at) => setNotices(notices.filter((_, other) => other !== at)))} />
        }
        drawers={[
          {
            id: 'calls',
            content: <CallsDrawer />,
            trigger: { iconName: 'script' },
            resizable: true,
            defaultSize: 460,
            ariaLabels: {
              drawerName: 'Calls',
              closeButton: 'Close calls',
              triggerButton: 'Calls',
              resizeHandle: 'Resize',
            },
          },
        ]}
        activeDrawerId={drawer}
        onDrawerChange={({ detail }) => setDrawer(detail.activeDrawerId)}
        content={
          <div ref={main} id="main" tabIndex={-1} className="admin-page">
            <ErrorBoundary key={fragment}>
              <Suspense fallback={<Waiting />}>
                <AdminPage place={place} />
              </Suspense>
            </ErrorBoundary>
          </div>
        }
      />
      {held !== undefined && <LeaveUnsaved onLeave={leave} onStay={stay} />}
    </AdministrationContext>
  )
}

function Breadcrumbs({ page, title }: { page: string | undefined; title: string }) {
  const start = { text: 'Administration', href: '#/admin' }
  return <BreadcrumbGroup items={page ? [start, { text: title, href: hrefOf(page) }] : [start]} />
}

function useAdministrationOf(
  { me, role, onSignedOut }: Props,
  setNotices: (change: (before: readonly Notice[]) => readonly Notice[]) => void,
  setUnsaved: (unsaved: boolean) => void,
): Administration {
  return useMemo(() => {
    const log = createCallLog()
    const api = createApi({ antiForgeryToken: me.antiForgeryToken, role, log, now: currentTime, onSignedOut })
    const { identityStoreId, accountIds } = me.administration
    return {
      me,
      role,
      api,
      log,
      names: createNames(api, me.instance.arn, identityStoreId),
      instanceArn: me.instance.arn,
      identityStoreId,
      managementAccountId: accountIds[0] ?? '',
      notify: (text) => setNotices((before) => [{ text, visits: 0 }, ...before].slice(0, 5)),
      setUnsaved,
    }
  }, [me, role, onSignedOut, setNotices, setUnsaved])
}

function flashesOf(notices: readonly Notice[], dismiss: (at: number) => void): FlashbarProps.MessageDefinition[] {
  return notices.map(({ text: content }, at) => ({
    id: `${notices.length - at}`,
    type: 'success',
    content,
    dismissible: true,
    dismissLabel: 'Dismiss',
    onDismiss: () => dismiss(at),
    ariaRole: 'status',
  }))
}

/** A new page is announced by its title, and the keyboard starts at its top. */
function useTitle(title: string, fragment: string, main: React.RefObject<HTMLElement | null>): void {
  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page of the same title is a new page too
  useEffect(() => {
    document.title = title
    if (!first.current) {
      scrollTo(0, 0)
      main.current?.focus({ preventScroll: true })
    }
    first.current = false
  }, [title, fragment])
}
