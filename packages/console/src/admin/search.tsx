/** Finds users, groups, accounts, permission sets and applications from any page. */
import Autosuggest from '@cloudscape-design/components/autosuggest'
import { useEffect, useState } from 'react'
import { after } from '../clock.ts'
import { useAdministration } from './administration.ts'
import { prepare } from './call.ts'
import type { Found } from './operations/mayfly.ts'
import { goTo, hrefOf } from './place.ts'

const NOTHING: Found = { Users: [], Groups: [], Accounts: [], PermissionSets: [], Applications: [] }

type Status = 'pending' | 'loading' | 'finished' | 'error'

export function Search() {
  const { api } = useAdministration()
  const [text, setText] = useState('')
  const [found, setFound] = useState<{ status: Status; answer: Found }>({ status: 'pending', answer: NOTHING })
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === '') {
      setFound({ status: 'pending', answer: NOTHING })
      return
    }
    let shown = true
    const cancel = after(200, () => {
      setFound((was) => ({ ...was, status: 'loading' }))
      api.send(prepare('mayfly', 'Search', { Text: wanted })).then(
        (answer) => shown && setFound({ status: 'finished', answer }),
        () => shown && setFound({ status: 'error', answer: NOTHING }),
      )
    })
    return () => {
      shown = false
      cancel()
    }
  }, [api, text])
  const options = optionsOf(found.answer)
  return (
    <Autosuggest
      value={text}
      onChange={({ detail }) => setText(detail.value)}
      onSelect={({ detail }) => {
        // Enter on the words themselves leads to the first that was found.
        const chosen = detail.value.startsWith('#') ? detail.value : options[0]?.options[0]?.value
        if (!chosen) return
        goTo(chosen)
        setText('')
      }}
      options={options}
      filteringType="manual"
      ariaLabel="Search"
      placeholder="Search users, groups, accounts, permission sets"
      enteredTextLabel={(value) => `Search for ${value}`}
      statusType={found.status}
      loadingText="Searching"
      errorText="The search failed"
      empty={text.trim() === '' ? 'Type a name, an ID or an email address' : 'Nothing found'}
    />
  )
}

function optionsOf({ Users, Groups, Accounts, PermissionSets, Applications }: Found) {
  const section = (label: string, options: { value: string; label: string; description?: string }[]) =>
    options.length > 0 ? [{ label, options }] : []
  return [
    ...section(
      'Users',
      Users.map(({ UserId, UserName, DisplayName }) => ({
        value: hrefOf('users', UserId),
        label: UserName,
        description: DisplayName,
      })),
    ),
    ...section(
      'Groups',
      Groups.map(({ GroupId, DisplayName }) => ({ value: hrefOf('groups', GroupId), label: DisplayName })),
    ),
    ...section(
      'Accounts',
      Accounts.map(({ AccountId, Name }) => ({
        value: hrefOf('accounts', AccountId),
        label: Name,
        description: AccountId,
      })),
    ),
    ...section(
      'Permission sets',
      PermissionSets.map(({ PermissionSetArn, Name }) => ({
        value: hrefOf('permission-sets', PermissionSetArn),
        label: Name,
      })),
    ),
    ...section(
      'Applications',
      Applications.map(({ ApplicationArn, Name }) => ({ value: hrefOf('applications', ApplicationArn), label: Name })),
    ),
  ]
}
