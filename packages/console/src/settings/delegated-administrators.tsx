/** Accounts from which Identity Center is administered besides the management account. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { AccountField } from '../admin/account-field.tsx'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { Account } from '../admin/operations/organizations.ts'
import { useWhole } from '../admin/pages.ts'

const SERVICE = 'sso.amazonaws.com'

export function DelegatedAdministrators() {
  const { api } = useAdministration()
  const [chosen, setChosen] = useState<readonly Account[]>([])
  const [what, setWhat] = useState<'register' | 'deregister'>()
  const [accountId, setAccountId] = useState('')
  const shown = useWhole<Account>(
    useCallback(
      () =>
        api.listAll(
          prepare('organizations', 'ListDelegatedAdministrators', { ServicePrincipal: SERVICE }),
          'DelegatedAdministrators',
        ),
      [api],
    ),
  )
  const close = () => setWhat(undefined)
  const done = () => {
    setChosen([])
    setAccountId('')
    shown.reload()
  }
  const register = (
    <Button key="register" variant="primary" onClick={() => setWhat('register')}>
      Register an account
    </Button>
  )
  return (
    <>
      <DataTable
        header="Delegated administrators"
        description="Whoever has the permissions there may administer Identity Center as from the management account, except what concerns the management account itself."
        shown={shown}
        trackBy={(one) => one.Id}
        labelOf={(one) => one.Name ?? one.Id}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="deregister" disabled={chosen.length === 0} onClick={() => setWhat('deregister')}>
            Deregister
          </Button>,
          register,
        ]}
        columns={[
          { id: 'name', header: 'Account', cell: (one) => <NamedLink kind="ACCOUNT" id={one.Id} name={one.Name} /> },
          { id: 'id', header: 'Account ID', cell: (one) => one.Id },
        ]}
        empty={
          <Empty
            title="None"
            text="Identity Center is administered from the management account alone."
            action={register}
          />
        }
      />
      {what === 'register' && (
        <Change
          header="Register a delegated administrator"
          action="Register"
          calls={
            accountId === ''
              ? []
              : [
                  prepare('organizations', 'RegisterDelegatedAdministrator', {
                    AccountId: accountId,
                    ServicePrincipal: SERVICE,
                  }),
                ]
          }
          done="Registered."
          onClose={close}
          onDone={done}
        >
          <AccountField onChange={setAccountId} />
        </Change>
      )}
      {what === 'deregister' && (
        <Change
          header="Deregister?"
          action="Deregister"
          calls={chosen.map(({ Id }) =>
            prepare('organizations', 'DeregisterDelegatedAdministrator', { AccountId: Id, ServicePrincipal: SERVICE }),
          )}
          done="Deregistered."
          onClose={close}
          onDone={done}
        >
          Nobody administers Identity Center from there any more.
        </Change>
      )}
    </>
  )
}
