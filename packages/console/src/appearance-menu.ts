/** The menu at the top that chooses light or dark, roomy or compact. */
import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown'
import { useEffect, useState } from 'react'
import { type Appearance, applyAppearance, readAppearance, writeAppearance } from './appearance.ts'

/** The menu, for the utilities of the top navigation. While it is shown, the page looks as was chosen. */
export function useAppearanceMenu() {
  const [appearance, setAppearance] = useAppearance()
  return {
    type: 'menu-dropdown' as const,
    iconName: 'settings' as const,
    ariaLabel: 'Appearance',
    title: 'Appearance',
    items: appearanceItems(appearance),
    onItemClick: ({ detail }: { detail: ButtonDropdownProps.ItemClickDetails }) =>
      setAppearance(chosen(appearance, detail.id)),
  }
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
