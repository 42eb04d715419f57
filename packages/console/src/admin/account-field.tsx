/** A field that chooses one account: it asks the server as one types. */
import Autosuggest from '@cloudscape-design/components/autosuggest'
import FormField from '@cloudscape-design/components/form-field'
import { useEffect, useState } from 'react'
import { after } from '../clock.ts'
import { useAdministration } from './administration.ts'
import { prepare } from './call.ts'

interface Found {
  id: string
  name: string
}

/** Hands on the account's number, or an empty text while none is chosen. */
export function AccountField({
  label = 'Account',
  onChange,
}: {
  label?: string
  onChange: (accountId: string) => void
}) {
  const { api } = useAdministration()
  const [text, setText] = useState('')
  const [state, setState] = useState<{ found: Found[]; status: 'loading' | 'finished' | 'error' }>({
    found: [],
    status: 'loading',
  })
  useEffect(() => {
    let shown = true
    const wanted = text.trim()
    const cancel = after(wanted === '' ? 0 : 200, () => {
      const list =
        wanted === ''
          ? api
              .send(prepare('organizations', 'ListAccounts', {}))
              .then(({ Accounts }) => Accounts.map(({ Id, Name }) => ({ id: Id, name: Name ?? Id })))
          : api
              .send(prepare('mayfly', 'Search', { Text: wanted, Kinds: ['ACCOUNT'] }))
              .then(({ Accounts }) => Accounts.map(({ AccountId, Name }) => ({ id: AccountId, name: Name })))
      list.then(
        (found) => shown && setState({ found, status: 'finished' }),
        () => shown && setState({ found: [], status: 'error' }),
      )
    })
    return () => {
      shown = false
      cancel()
    }
  }, [api, text])
  return (
    <FormField label={label}>
      <Autosuggest
        value={text}
        filteringType="manual"
        placeholder="Find an account"
        options={state.found.map(({ id, name }) => ({ value: id, label: name, description: id }))}
        enteredTextLabel={(value) => `Search for ${value}`}
        statusType={state.status}
        loadingText="Searching"
        errorText="The search failed"
        empty="Nothing found"
        onChange={({ detail }) => {
          setText(detail.value)
          onChange('')
        }}
        onSelect={({ detail }) => {
          const one = state.found.find(({ id }) => id === detail.value)
          setText(one?.name ?? detail.value)
          onChange(one?.id ?? '')
        }}
      />
    </FormField>
  )
}
