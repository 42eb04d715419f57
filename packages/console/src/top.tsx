/** The bar at the top: product, instance, appearance, the person, and the pages. */
import TopNavigation from '@cloudscape-design/components/top-navigation'
import { useSyncExternalStore } from 'react'
import { useAppearanceMenu } from './appearance-menu.ts'
import brandMark from './components/brand-mark.svg'
import type { Page } from './fragment.ts'
import { useSignedIn } from './signed-in.ts'

const PAGES = [
  { name: 'accounts', text: 'Accounts', href: '#/' },
  { name: 'applications', text: 'Applications', href: '#/applications' },
  { name: 'shortcuts', text: 'Shortcuts', href: '#/shortcuts' },
  { name: 'sessions', text: 'Sessions', href: '#/sessions' },
  { name: 'security', text: 'Security', href: '#/security' },
] as const

const ADMINISTRATION = { name: 'administration', text: 'Administration', href: '#/admin' } as const

export function Top({ current }: { current: Page['name'] }) {
  const { me, signOut } = useSignedIn()
  const mayAdminister = useMayAdminister()
  const appearanceMenu = useAppearanceMenu()
  const { displayName, userName, email } = me.user
  const shown = current === 'access-keys' || current === 'console' ? 'accounts' : current
  return (
    <div className="top">
      <TopNavigation
        identity={{ title: `Mayfly · ${me.instance.name}`, href: '#/', logo: { src: brandMark, alt: 'Mayfly logo' } }}
        i18nStrings={{
          overflowMenuTriggerText: 'More',
          overflowMenuTitleText: 'All',
          overflowMenuBackIconAriaLabel: 'Back',
          overflowMenuDismissIconAriaLabel: 'Close menu',
        }}
        utilities={[
          appearanceMenu,
          {
            type: 'menu-dropdown',
            iconName: 'user-profile',
            text: displayName || userName,
            description: email ?? userName,
            items: [
              { id: 'security', text: 'Password and authenticators', href: '#/security' },
              { id: 'sessions', text: 'My sessions', href: '#/sessions' },
              { id: 'sign-out', text: 'Sign out' },
            ],
            onItemClick: ({ detail }) => {
              if (detail.id === 'sign-out') signOut()
            },
          },
        ]}
      />
      <nav className="pages" aria-label="Access portal">
        <ul>
          {[...PAGES, ...(mayAdminister ? [ADMINISTRATION] : [])].map(({ name, text, href }) => (
            <li key={name}>
              <a href={href} {...(name === shown ? { 'aria-current': 'page' as const } : {})}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}

/** Whether the person has a role in an account from which the organization is administered. */
function useMayAdminister(): boolean {
  const { me, accountList } = useSignedIn()
  const { accounts } = useSyncExternalStore(accountList.subscribe, accountList.state)
  return accounts.some(({ accountId }) => me.administration.accountIds.includes(accountId))
}
