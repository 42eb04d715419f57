/** Asks for the account, the permission set and the destination of a new shortcut. */
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { useCallback, useState, useSyncExternalStore } from 'react'
import { Confirm } from '../components/confirm.tsx'
import { messageOf } from '../components/failure.tsx'
import { useLoaded } from '../components/loaded.ts'
import { useSignedIn } from '../signed-in.ts'
import { accountLabel } from './account-list.ts'
import { isConsoleDestination } from './console-destination.ts'
import type { Shortcut } from './shortcuts.ts'

export function CreateShortcut({ onClose, onCreate }: { onClose: () => void; onCreate: (shortcut: Shortcut) => void }) {
  const { me, accountList } = useSignedIn()
  const { accounts, status } = useSyncExternalStore(accountList.subscribe, accountList.state)
  const [accountId, setAccountId] = useState('')
  const [roleName, setRoleName] = useState('')
  const [name, setName] = useState('')
  const [destination, setDestination] = useState('')
  const account = accounts.find((one) => one.accountId === accountId)
  const refused = destination !== '' && !isConsoleDestination(destination, me.consoleDestinations)
  const suggested = roleName === '' ? '' : `${accountLabel(account, accountId)} ${roleName}`
  return (
    <Confirm
      header="Create shortcut"
      action="Create"
      disabled={accountId === '' || roleName === '' || refused}
      onConfirm={async () =>
        onCreate({ name: name.trim() || suggested, accountId, roleName, ...(destination ? { destination } : {}) })
      }
      onClose={onClose}
    >
      <FormField label="Account">
        <Select
          selectedOption={account ? { value: accountId, label: accountLabel(account, accountId) } : null}
          placeholder="Choose an account"
          options={accounts.map((one) => ({
            value: one.accountId,
            label: accountLabel(one, one.accountId),
            description: one.accountId,
          }))}
          filteringType="auto"
          filteringPlaceholder="Find accounts"
          filteringAriaLabel="Find accounts"
          statusType={status === 'loading' ? 'loading' : 'finished'}
          loadingText="Loading accounts"
          empty="No accounts"
          virtualScroll
          onChange={({ detail }) => {
            setAccountId(detail.selectedOption.value ?? '')
            setRoleName('')
          }}
        />
      </FormField>
      <RoleField accountId={accountId} roleName={roleName} onChange={setRoleName} />
      <FormField
        label="Destination (optional)"
        description="A page of the AWS Management Console."
        {...(refused ? { errorText: 'This is not a page of the AWS Management Console.' } : {})}
        i18nStrings={{ errorIconAriaLabel: 'Error' }}
      >
        <Input
          value={destination}
          inputMode="url"
          placeholder="https://console.aws.amazon.com/…"
          onChange={({ detail }) => setDestination(detail.value.trim())}
        />
      </FormField>
      <FormField label="Name (optional)">
        <Input value={name} placeholder={suggested} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </Confirm>
  )
}

function RoleField(props: { accountId: string; roleName: string; onChange: (roleName: string) => void }) {
  const { accountId, roleName, onChange } = props
  const { accountList } = useSignedIn()
  const [roles] = useLoaded(
    useCallback(
      () => (accountId === '' ? Promise.resolve([]) : accountList.rolesOf(accountId)),
      [accountList, accountId],
    ),
  )
  return (
    <FormField
      label="Permission set"
      {...(roles.status === 'failed' ? { errorText: messageOf(roles.failure) } : {})}
      i18nStrings={{ errorIconAriaLabel: 'Error' }}
    >
      <Select
        selectedOption={roleName === '' ? null : { value: roleName, label: roleName }}
        placeholder="Choose a permission set"
        disabled={accountId === ''}
        options={roles.status === 'loaded' ? roles.value.map((value) => ({ value, label: value })) : []}
        statusType={roles.status === 'loading' ? 'loading' : 'finished'}
        loadingText="Loading permission sets"
        empty="No permission sets"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  )
}
