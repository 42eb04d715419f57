/** The accounts that have a permission set: whether they have its newest form, and a way to bring it to them. */
import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback, useState } from 'react'
import { type Administration, useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { PermissionSet, ProvisioningStatus } from '../admin/operations/sso-admin.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { AssignButton } from './assign-button.tsx'
import { useSettled } from './settled.ts'

interface Provisioned {
  accountId: string
  latest: boolean
}

export function PermissionSetAccounts({ set }: { set: PermissionSet }) {
  const { api, instanceArn, notify } = useAdministration()
  const [chosen, setChosen] = useState<readonly Provisioned[]>([])
  const [what, setWhat] = useState<'chosen' | 'all'>()
  const settled = useSettled()
  const of = { InstanceArn: instanceArn, PermissionSetArn: set.PermissionSetArn }
  const load = useCallback(
    (token?: string) => loadAccounts({ api, instanceArn }, set.PermissionSetArn, token),
    [api, instanceArn, set.PermissionSetArn],
  )
  const shown = usePages(load)
  const assign = <AssignButton key="assign" query={{ set: set.PermissionSetArn }} />
  return (
    <>
      <DataTable
        header="Accounts"
        description="Where it is assigned, and so is a role."
        shown={shown}
        trackBy={(one) => one.accountId}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="chosen" disabled={chosen.length === 0} onClick={() => setWhat('chosen')}>
            Provision the chosen now
          </Button>,
          <Button key="all" disabled={shown.items.length === 0} onClick={() => setWhat('all')}>
            Provision everywhere now
          </Button>,
          assign,
        ]}
        columns={[
          { id: 'account', header: 'Account', cell: (one) => <NamedLink kind="ACCOUNT" id={one.accountId} /> },
          { id: 'id', header: 'Account ID', cell: (one) => one.accountId },
          {
            id: 'status',
            header: 'Status',
            cell: (one) => (
              <StatusIndicator type={one.latest ? 'success' : 'warning'}>
                {one.latest ? 'Up to date' : 'Behind: provision it'}
              </StatusIndicator>
            ),
          },
        ]}
        empty={<Empty title="In no account" text="Assign it, and it becomes a role there." action={assign} />}
      />
      {what && (
        <Change
          header={`Provision ${set.Name} now?`}
          action="Provision"
          calls={
            what === 'all'
              ? [prepare('sso-admin', 'ProvisionPermissionSet', { ...of, TargetType: 'ALL_PROVISIONED_ACCOUNTS' })]
              : chosen.map(({ accountId }) =>
                  prepare('sso-admin', 'ProvisionPermissionSet', {
                    ...of,
                    TargetId: accountId,
                    TargetType: 'AWS_ACCOUNT',
                  }),
                )
          }
          onClose={() => setWhat(undefined)}
          onDone={(answers) => {
            setChosen([])
            void settled(answers as { PermissionSetProvisioningStatus: ProvisioningStatus }[]).then((failed) => {
              notify(failed.length === 0 ? `${set.Name} was provisioned.` : `Provisioning failed: ${failed.join(' ')}`)
              shown.reload()
            })
          }}
        >
          The role in the account gets the policies that the permission set has now.
        </Change>
      )}
    </>
  )
}

/** Those that are behind come first; the token says in which of the two lists the next page lies. */
async function loadAccounts(
  { api, instanceArn }: Pick<Administration, 'api' | 'instanceArn'>,
  PermissionSetArn: string,
  token = 'behind ',
): Promise<Fetched<Provisioned>> {
  const latest = token.startsWith('latest ')
  const page = await api.send(
    prepare('sso-admin', 'ListAccountsForProvisionedPermissionSet', {
      InstanceArn: instanceArn,
      PermissionSetArn,
      ProvisioningStatus: latest ? 'LATEST_PERMISSION_SET_PROVISIONED' : 'LATEST_PERMISSION_SET_NOT_PROVISIONED',
      MaxResults: 50,
      NextToken: token.slice('behind '.length) || undefined,
    }),
  )
  const items = page.AccountIds.map((accountId) => ({ accountId, latest }))
  if (page.NextToken) return { items, nextToken: `${latest ? 'latest' : 'behind'} ${page.NextToken}` }
  if (latest) return { items }
  if (items.length > 0) return { items, nextToken: 'latest ' }
  return loadAccounts({ api, instanceArn }, PermissionSetArn, 'latest ')
}
