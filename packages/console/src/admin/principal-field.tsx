/** A field that chooses one user or group among many: it asks the server as one types. */
import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import { useEffect, useState } from 'react'
import { after } from '../clock.ts'
import { type Administration, useAdministration } from './administration.ts'
import { prepare } from './call.ts'
import type { PrincipalType } from './operations/sso-admin.ts'

export interface ChosenPrincipal {
  type: PrincipalType
  id: string
  name: string
  description?: string | undefined
}

interface Props {
  label: string
  kinds: readonly PrincipalType[]
  chosen: ChosenPrincipal | undefined
  /** Ids that are not offered. */
  without?: ReadonlySet<string>
  onChange(chosen: ChosenPrincipal | undefined): void
}

export function PrincipalField({ label, kinds, chosen, without, onChange }: Props) {
  const [text, setText] = useState(chosen?.name ?? '')
  const { found, status } = usePrincipals(text, kinds)
  const offered = found.filter(({ id }) => !without?.has(id))
  const optionOf = ({ id, name, description }: ChosenPrincipal) => ({
    value: id,
    label: name,
    ...(description ? { description } : {}),
  })
  const what = kinds.length > 1 ? 'a user or a group' : kinds[0] === 'USER' ? 'a user' : 'a group'
  return (
    <FormField label={label}>
      <Autosuggest
        value={text}
        filteringType="manual"
        placeholder={`Find ${what}`}
        options={
          kinds.length > 1
            ? [
                { label: 'Groups', options: offered.filter(({ type }) => type === 'GROUP').map(optionOf) },
                { label: 'Users', options: offered.filter(({ type }) => type === 'USER').map(optionOf) },
              ].filter(({ options }) => options.length > 0)
            : offered.map(optionOf)
        }
        enteredTextLabel={(value) => `Search for ${value}`}
        statusType={status}
        loadingText="Searching"
        errorText="The search failed"
        empty="Nothing found"
        onChange={({ detail }) => {
          setText(detail.value)
          if (chosen) onChange(undefined)
        }}
        onSelect={({ detail }) => {
          const one = offered.find(({ id }) => id === detail.value)
          setText(one?.name ?? detail.value)
          onChange(one)
        }}
      />
    </FormField>
  )
}

/** What matches the text, or the first few when nothing is typed. */
function usePrincipals(text: string, kinds: readonly PrincipalType[]) {
  const administration = useAdministration()
  const [state, setState] = useState<{ found: ChosenPrincipal[]; status: 'loading' | 'finished' | 'error' }>({
    found: [],
    status: 'loading',
  })
  const wanted = kinds.join()
  useEffect(() => {
    let shown = true
    setState((was) => ({ ...was, status: 'loading' }))
    const cancel = after(text === '' ? 0 : 200, () => {
      findPrincipals(administration, text.trim(), wanted.split(',') as PrincipalType[]).then(
        (found) => shown && setState({ found, status: 'finished' }),
        () => shown && setState({ found: [], status: 'error' }),
      )
    })
    return () => {
      shown = false
      cancel()
    }
  }, [administration, text, wanted])
  return state
}

async function findPrincipals(
  { api, identityStoreId }: Administration,
  text: string,
  kinds: readonly PrincipalType[],
): Promise<ChosenPrincipal[]> {
  if (text !== '') {
    const { Users, Groups } = await api.send(prepare('mayfly', 'Search', { Text: text, Kinds: [...kinds] }))
    return [
      ...Groups.map((group) => ({ type: 'GROUP' as const, id: group.GroupId, name: group.DisplayName })),
      ...Users.map((user) => ({
        type: 'USER' as const,
        id: user.UserId,
        name: user.UserName,
        description: user.DisplayName,
      })),
    ].filter(({ type }) => kinds.includes(type))
  }
  const first = { IdentityStoreId: identityStoreId, MaxResults: 20 }
  const groups = kinds.includes('GROUP') ? (await api.send(prepare('identitystore', 'ListGroups', first))).Groups : []
  const users = kinds.includes('USER') ? (await api.send(prepare('identitystore', 'ListUsers', first))).Users : []
  return [
    ...groups.map((group) => ({ type: 'GROUP' as const, id: group.GroupId, name: group.DisplayName ?? group.GroupId })),
    ...users.map((user) => ({
      type: 'USER' as const,
      id: user.UserId,
      name: user.UserName ?? user.UserId,
      description: user.DisplayName,
    })),
  ]
}
