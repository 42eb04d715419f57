/** The bar at the top: product, instance, appearance, the person, and the pages. */
import TopNavigation from '@cloudscape-design/components/top-navigation'
import { useEffect, useState } from 'react'
import { type Appearance, applyAppearance, readAppearance, writeAppearance } from './appearance.ts'
import brandMark from './components/brand-mark.svg'
import type { Page } from './fragment.ts'
import { useSignedIn } from './signed-in.ts'

const PAGES = [
  { name: 'accounts', text: 'Accounts', href: '#/' },
  { name: 'shortcuts', text: 'Shortcuts', href: '#/shortcuts' },
  { name: 'sessions', text: 'Sessions', href: '#/sessions' },
  { name: 'security', text: 'Security', href: '#/security' },
] as const

export function Top({ current }: { current: Page['name'] }) {
  const { me, signOut } = useSignedIn()
  const [appearance, setAppearance] = useAppearance()
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
          {
            type: 'menu-dropdown',
            iconName: 'settings',
            ariaLabel: 'Appearance',
            title: 'Appearance',
            items: appearanceItems(appearance),
            onItemClick: ({ detail }) => setAppearance(chosen(appearance, detail.id)),
          },
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
          {PAGES.map(({ name, text, href }) => (
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

function useAppearance(): [Appearance, (appearance: Appearance) => void] {
  const [appearance, setAppearance] = useState(readAppearance)
  useEffect(() => applyAppearance(appearance), [appearance])
  return [
    appearance,
    (next) => {
      writeAppearance(next)
      setAppearance(next)
    },
  ]
}

function appearanceItems({ mode, density }: Appearance) {
  const choice = (id: string, text: string, checked: boolean) => ({
    id,
    text,
    itemType: 'checkbox' as const,
    checked,
  })
  return [
    {
      id: 'mode',
      text: 'Colors',
      items: [
        choice('system', 'As the system', mode === 'system'),
        choice('light', 'Light', mode === 'light'),
        choice('dark', 'Dark', mode === 'dark'),
      ],
    },
    {
      id: 'density',
      text: 'Density',
      items: [
        choice('comfortable', 'Comfortable', density === 'comfortable'),
        choice('compact', 'Compact', density === 'compact'),
      ],
    },
  ]
}

function chosen(before: Appearance, id: string): Appearance {
  if (id === 'system' || id === 'light' || id === 'dark') return { ...before, mode: id }
  if (id === 'comfortable' || id === 'compact') return { ...before, density: id }
  return before
}
