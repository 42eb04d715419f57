/** The pages of the admin console: where each is, and what it is called. Each is fetched when it is first shown. */
import type { SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import { type ComponentType, lazy } from 'react'
import type { Place } from './admin/place.ts'

const UsersPage = lazy(() => import('./directory/users-page.tsx'))
const CreateUserPage = lazy(() => import('./directory/create-user-page.tsx'))
const UserPage = lazy(() => import('./directory/user-page.tsx'))
const GroupsPage = lazy(() => import('./directory/groups-page.tsx'))
const GroupPage = lazy(() => import('./directory/group-page.tsx'))
const PermissionSetsPage = lazy(() => import('./account-access/permission-sets-page.tsx'))
const PermissionSetPage = lazy(() => import('./account-access/permission-set-page.tsx'))
const CreatePermissionSetPage = lazy(() => import('./account-access/create-permission-set-page.tsx'))
const AccountsPage = lazy(() => import('./organization/accounts-page.tsx'))
const AccountPage = lazy(() => import('./organization/account-page.tsx'))
const PoliciesPage = lazy(() => import('./organization/policies-page.tsx'))
const PolicyPage = lazy(() => import('./organization/policy-page.tsx'))
const UnitPoliciesPage = lazy(() => import('./organization/unit-policies-page.tsx'))
const AssignPage = lazy(() => import('./account-access/assign-page.tsx'))
const EffectiveAccessPage = lazy(() => import('./account-access/effective-access-page.tsx'))
const MatrixPage = lazy(() => import('./account-access/matrix-page.tsx'))
const ApplicationsPage = lazy(() => import('./applications/applications-page.tsx'))
const ApplicationPage = lazy(() => import('./applications/application-page.tsx'))
const TokenIssuersPage = lazy(() => import('./applications/token-issuers-page.tsx'))
const SettingsPage = lazy(() => import('./settings/settings-page.tsx'))
const AuditPage = lazy(() => import('./audit/audit-page.tsx'))
const DashboardPage = lazy(() => import('./dashboard/dashboard-page.tsx'))
const NoPage = lazy(() => import('./admin/no-page.tsx'))

const link = (text: string, page: string) => ({ type: 'link' as const, text, href: `#/admin/${page}` })
const section = (text: string, ...items: SideNavigationProps.Link[]) => ({
  type: 'section-group' as const,
  title: text,
  items,
})

export const NAVIGATION: SideNavigationProps.Item[] = [
  { type: 'link', text: 'Dashboard', href: '#/admin' },
  section('Directory', link('Users', 'users'), link('Groups', 'groups')),
  section(
    'Account access',
    link('Accounts', 'accounts'),
    link('Permission sets', 'permission-sets'),
    link('Assign access', 'assign'),
    link('Effective access', 'access'),
    link('Access matrix', 'matrix'),
    link('Service control policies', 'policies'),
  ),
  section('Applications', link('Applications', 'applications'), link('Trusted token issuers', 'token-issuers')),
  section('Instance', link('Settings', 'settings'), link('Audit', 'audit')),
]

/** What a page is given: what stands behind its name in the address, and the query. */
interface PageProps {
  id: string
  query: URLSearchParams
}

/** By the first part of the path: the list, and the page of one. */
const PAGES: Readonly<
  Record<
    string,
    {
      title: string
      list?: ComponentType<PageProps>
      one?: ComponentType<PageProps>
      create?: ComponentType<PageProps>
    }
  >
> = {
  '': { title: 'Administration', list: DashboardPage },
  applications: { title: 'Applications', list: ApplicationsPage, one: ApplicationPage },
  'token-issuers': { title: 'Trusted token issuers', list: TokenIssuersPage },
  settings: { title: 'Settings', list: SettingsPage },
  audit: { title: 'Audit', list: AuditPage },
  users: { title: 'Users', list: UsersPage, one: UserPage, create: CreateUserPage },
  groups: { title: 'Groups', list: GroupsPage, one: GroupPage },
  accounts: { title: 'Accounts', list: AccountsPage, one: AccountPage },
  assign: { title: 'Assign access', list: AssignPage },
  access: { title: 'Effective access', list: EffectiveAccessPage },
  matrix: { title: 'Access matrix', list: MatrixPage },
  policies: { title: 'Service control policies', list: PoliciesPage, one: PolicyPage },
  'policies-of': { title: 'Service control policies', one: UnitPoliciesPage },
  'permission-sets': {
    title: 'Permission sets',
    list: PermissionSetsPage,
    one: PermissionSetPage,
    create: CreatePermissionSetPage,
  },
}

export function titleOf({ path }: Place): string {
  return PAGES[path[0] ?? '']?.title ?? 'Administration'
}

export function AdminPage({ place: { path, query } }: { place: Place }) {
  const [name = '', id] = path
  const page = PAGES[name]
  const Page = (id === undefined ? page?.list : id === 'create' && page?.create ? page.create : page?.one) ?? NoPage
  return <Page id={id ?? ''} query={query} key={path.join('/')} />
}
