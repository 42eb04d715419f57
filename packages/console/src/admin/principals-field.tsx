/** A field that gathers several users or groups. */
import SpaceBetween from '@cloudscape-design/components/space-between'
import TokenGroup from '@cloudscape-design/components/token-group'
import { useState } from 'react'
import type { PrincipalType } from './operations/sso-admin.ts'
import { type ChosenPrincipal, PrincipalField } from './principal-field.tsx'

export type { ChosenPrincipal } from './principal-field.tsx'

interface Props {
  label: string
  kinds: readonly PrincipalType[]
  chosen: readonly ChosenPrincipal[]
  /** Ids that are not offered, besides those chosen. */
  without?: ReadonlySet<string>
  onChange(chosen: readonly ChosenPrincipal[]): void
}

export function PrincipalsField({ label, kinds, chosen, without = new Set(), onChange }: Props) {
  // A new field for every choice: what was typed for the last one is gone.
  const [round, setRound] = useState(0)
  return (
    <SpaceBetween size="xs">
      <PrincipalField
        key={round}
        label={label}
        kinds={kinds}
        chosen={undefined}
        without={new Set([...without, ...chosen.map(({ id }) => id)])}
        onChange={(one) => {
          if (!one) return
          onChange([...chosen, one])
          setRound(round + 1)
        }}
      />
      <TokenGroup
        items={chosen.map(({ name, type }) => ({
          label: name,
          dismissLabel: `Remove ${name}`,
          ...(kinds.length > 1 ? { labelTag: type === 'USER' ? 'user' : 'group' } : {}),
        }))}
        onDismiss={({ detail }) => onChange(chosen.filter((_, at) => at !== detail.itemIndex))}
      />
    </SpaceBetween>
  )
}
