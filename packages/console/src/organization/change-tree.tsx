/** What can be done to the tree: create and register accounts, create, rename and delete units, move accounts. */
import { useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { TextField } from '../admin/fields.tsx'
import type { CreateAccountStatus } from '../admin/operations/organizations.ts'
import { MoveAccount } from './move-account.tsx'
import type { TreeNode } from './tree.ts'

type Unit = TreeNode & { kind: 'root' | 'unit' }

export type TreeChange =
  | { what: 'create-account' }
  | { what: 'register' }
  | { what: 'create-unit'; parent: Unit }
  | { what: 'rename-unit' | 'delete-unit'; unit: Unit }
  | { what: 'move'; account: TreeNode & { kind: 'account' } }

interface Ends {
  onClose(): void
  onDone(): void
}

export function ChangeTree({ change, ...ends }: { change: TreeChange } & Ends) {
  switch (change.what) {
    case 'create-account':
      return <CreateAccount {...ends} />
    case 'register':
      return <RegisterAccount {...ends} />
    case 'create-unit':
      return <CreateUnit parent={change.parent} {...ends} />
    case 'rename-unit':
      return <RenameUnit unit={change.unit} {...ends} />
    case 'delete-unit':
      return <DeleteUnit unit={change.unit} {...ends} />
    case 'move':
      return <MoveAccount account={change.account} parentId={change.account.parentId} {...ends} />
  }
}

function CreateAccount({ onClose, onDone }: Ends) {
  const { api, notify } = useAdministration()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const ready = name.trim() !== '' && /^[^\s@]+@[^\s@]+$/.test(email)
  return (
    <Change
      header="Create account"
      action="Create account"
      ready={ready}
      calls={[prepare('organizations', 'CreateAccount', { Email: email, AccountName: name })]}
      onClose={onClose}
      onDone={([answer]) => {
        const { CreateAccountStatus: begun } = answer as { CreateAccountStatus: CreateAccountStatus }
        const ask = prepare('organizations', 'DescribeCreateAccountStatus', { CreateAccountRequestId: begun.Id })
        api.send(ask).then(
          ({ CreateAccountStatus: { State, AccountId, FailureReason } }) => {
            notify(
              State === 'FAILED'
                ? `${name} was not created: ${FailureReason}`
                : `${name} was created: ${AccountId ?? ''}`,
            )
            onDone()
          },
          () => onDone(),
        )
      }}
    >
      <TextField label="Account name" value={name} onChange={setName} autoFocus />
      <TextField label="Email address" value={email} onChange={setEmail} constraint="One that no other account has." />
    </Change>
  )
}

function RegisterAccount({ onClose, onDone }: Ends) {
  const [id, setId] = useState('')
  const [name, setName] = useState('')
  const input = {
    Target: { Id: id, Type: 'ACCOUNT' as const },
    Tags: name ? [{ Key: 'Name', Value: name }] : undefined,
  }
  return (
    <Change
      header="Register an account"
      action="Register"
      ready={/^\d{12}$/.test(id)}
      calls={[prepare('organizations', 'InviteAccountToOrganization', input)]}
      done={`${name || id} was registered.`}
      onClose={onClose}
      onDone={onDone}
    >
      <TextField
        label="Account number"
        value={id}
        onChange={(value) => setId(value.replace(/\D/g, '').slice(0, 12))}
        constraint="12 digits. It belongs to the organization from then on; nobody has to accept."
      />
      <TextField label="Name" value={name} onChange={setName} optional />
    </Change>
  )
}

function CreateUnit({ parent, onClose, onDone }: { parent: Unit } & Ends) {
  const [name, setName] = useState('')
  return (
    <Change
      header={`Create an organizational unit in ${parent.name}`}
      action="Create"
      ready={name.trim() !== ''}
      calls={[prepare('organizations', 'CreateOrganizationalUnit', { ParentId: parent.id, Name: name })]}
      done={`${name} was created.`}
      onClose={onClose}
      onDone={onDone}
    >
      <TextField label="Name" value={name} onChange={setName} autoFocus />
    </Change>
  )
}

function RenameUnit({ unit, onClose, onDone }: { unit: Unit } & Ends) {
  const [name, setName] = useState(unit.name)
  return (
    <Change
      header={`Rename ${unit.name}`}
      action="Rename"
      ready={name.trim() !== '' && name !== unit.name}
      calls={[prepare('organizations', 'UpdateOrganizationalUnit', { OrganizationalUnitId: unit.id, Name: name })]}
      done={`${unit.name} is called ${name} now.`}
      onClose={onClose}
      onDone={onDone}
    >
      <TextField label="Name" value={name} onChange={setName} />
    </Change>
  )
}

function DeleteUnit({ unit, onClose, onDone }: { unit: Unit } & Ends) {
  return (
    <Change
      header={`Delete ${unit.name}?`}
      action="Delete"
      calls={[prepare('organizations', 'DeleteOrganizationalUnit', { OrganizationalUnitId: unit.id })]}
      done={`${unit.name} was deleted.`}
      confirmWith={unit.name}
      onClose={onClose}
      onDone={onDone}
    >
      Only an empty unit can be deleted: move its accounts and units first.
    </Change>
  )
}
