/** The bar at the top of the admin console: product, search, the role in which one acts, appearance, the person. */
import TopNavigation from '@cloudscape-design/components/top-navigation'
import { useAdministration } from './admin/administration.ts'
import type { AdministrationRole } from './admin/api.ts'
import { Search } from './admin/search.tsx'
import { useAppearanceMenu } from './appearance-menu.ts'
import brandMark from './components/brand-mark.svg'

interface Props {
  roles: readonly AdministrationRole[]
  onChooseRole(role: AdministrationRole): void
  onSignOut(): void
}

export function AdminTop({ roles, onChooseRole, onSignOut }: Props) {
  const { me, role } = useAdministration()
  const appearanceMenu = useAppearanceMenu()
  const { displayName, userName, email } = me.user
  return (
    <div className="top" id="admin-top">
      <TopNavigation
        identity={{
          title: `${me.instance.name} administration`,
          href: '#/admin',
          logo: { src: brandMark, alt: 'Mayfly logo' },
        }}
        search={<Search />}
        utilities={[
          {
            type: 'menu-dropdown',
            iconName: 'key',
            text: role.roleName,
            description: `Acting in account ${role.accountId}`,
            ariaLabel: `Role: ${role.roleName} in ${role.accountId}`,
            title: 'Act in the role',
            items: roles.map((one, at) => ({
              id: String(at),
              text: `${one.roleName} in ${one.accountId}`,
              itemType: 'checkbox' as const,
              checked: one === role,
            })),
            onItemClick: ({ detail }) => {
              const chosen = roles[Number(detail.id)]
              if (chosen) onChooseRole(chosen)
            },
          },
          appearanceMenu,
          {
            type: 'menu-dropdown',
            iconName: 'user-profile',
            text: displayName || userName,
            description: email ?? userName,
            items: [
              { id: 'portal', text: 'Access portal', href: '#/' },
              { id: 'security', text: 'Password and authenticators', href: '#/security' },
              { id: 'sign-out', text: 'Sign out' },
            ],
            onItemClick: ({ detail }) => {
              if (detail.id === 'sign-out') onSignOut()
            },
          },
        ]}
      />
    </div>
  )
}
