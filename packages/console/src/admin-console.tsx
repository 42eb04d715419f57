/** The admin console: finds out in which roles the person may administer, and shows the frame in one of them. */
import './admin.css'
import I18nProvider from '@cloudscape-design/components/i18n'
import messages from '@cloudscape-design/components/i18n/messages/all.en'
import { useCallback, useState } from 'react'
import type { AdministrationRole } from './admin/api.ts'
import { AdminFrame } from './admin-frame.tsx'
import { Failure } from './components/failure.tsx'
import { useLoaded } from './components/loaded.ts'
import { Waiting } from './components/waiting.tsx'
import { NoRole } from './no-role.tsx'
import { type Me, OperationRefused, type Operations } from './operations.ts'
import { readStored, writeStored } from './stored.ts'

interface Props {
  me: Me
  operations: Operations
  fragment: string
  onSignedOut(): void
}

export default function AdminConsole(props: Props) {
  const { me, operations } = props
  const [roles, reload] = useLoaded(useCallback(() => listRoles(me, operations), [me, operations]))
  const [chosen, choose] = useChoice(me)
  if (roles.status === 'loading') return <Waiting />
  if (roles.status === 'failed') {
    return (
      <main className="page">
        <Failure header="The admin console cannot be shown" failure={roles.failure} onRetry={reload} />
      </main>
    )
  }
  const role = roles.value.find((one) => nameOf(one) === chosen) ?? roles.value[0]
  if (role === undefined) return <NoRole me={me} />
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <AdminFrame
        key={nameOf(role)}
        {...props}
        role={role}
        roles={roles.value}
        onChooseRole={(one) => choose(nameOf(one))}
      />
    </I18nProvider>
  )
}

/** The person's permission sets in the accounts from which the organization is administered; the mightiest name first. */
async function listRoles(me: Me, operations: Operations): Promise<AdministrationRole[]> {
  const lists = await Promise.all(
    me.administration.accountIds.map(async (accountId) => {
      const names = await operations.listAccountRoles(accountId).catch(noAccess)
      return names.map((roleName) => ({ accountId, roleName }))
    }),
  )
  const isAdministrator = ({ roleName }: AdministrationRole) => (roleName === 'AdministratorAccess' ? 0 : 1)
  return lists.flat().sort((one, other) => isAdministrator(one) - isAdministrator(other))
}

/** Whoever has nothing in an account is refused its list. */
function noAccess(failure: unknown): string[] {
  if (failure instanceof OperationRefused && [400, 403, 404].includes(failure.status)) return []
  throw failure
}

/** The role that was chosen in this browser before, as `nameOf` writes it. */
function useChoice(me: Me): [string, (name: string) => void] {
  const key = `mayfly.administration-role.${me.user.userId}`
  const [chosen, setChosen] = useState(() => String(readStored(key) ?? ''))
  return [
    chosen,
    (name) => {
      writeStored(key, name)
      setChosen(name)
    },
  ]
}

const nameOf = ({ accountId, roleName }: AdministrationRole): string => `${accountId}/${roleName}`
