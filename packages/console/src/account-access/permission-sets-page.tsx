/** Permission sets: find them, and go to the wizard that creates one. */
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import type { PermissionSet } from '../admin/operations/sso-admin.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { hrefOf } from '../admin/place.ts'
import { formatSeconds } from '../components/moments.ts'
import { formatDuration } from './session-durations.ts'

export default function PermissionSetsPage() {
  const { api, instanceArn } = useAdministration()
  const [text, setText] = useState('')
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<PermissionSet>> => {
      const describe = (PermissionSetArn: string) =>
        api
          .send(prepare('sso-admin', 'DescribePermissionSet', { InstanceArn: instanceArn, PermissionSetArn }))
          .then((answer) => answer.PermissionSet)
      if (text.trim() !== '') {
        const found = await api.send(prepare('mayfly', 'Search', { Text: text.trim(), Kinds: ['PERMISSION_SET'] }))
        return { items: await Promise.all(found.PermissionSets.map((one) => describe(one.PermissionSetArn))) }
      }
      const input = { InstanceArn: instanceArn, MaxResults: 25, NextToken }
      const page = await api.send(prepare('sso-admin', 'ListPermissionSets', input))
      return { items: await Promise.all(page.PermissionSets.map(describe)), nextToken: page.NextToken }
    },
    [api, instanceArn, text],
  )
  const create = (
    <Button key="create" variant="primary" href={hrefOf('permission-sets', 'create')}>
      Create permission set
    </Button>
  )
  return (
    <DataTable
      header="Permission sets"
      variant="h1"
      description="What may be done in an account, for how long. It becomes a role in every account where it is assigned."
      actions={[create]}
      shown={usePages(load)}
      trackBy={(one) => one.PermissionSetArn}
      columns={[
        {
          id: 'name',
          header: 'Permission set',
          cell: (one) => <Link href={hrefOf('permission-sets', one.PermissionSetArn)}>{one.Name}</Link>,
        },
        { id: 'description', header: 'Description', cell: (one) => one.Description ?? '' },
        { id: 'duration', header: 'Session duration', cell: (one) => formatDuration(one.SessionDuration) },
        { id: 'created', header: 'Created', cell: (one) => formatSeconds(one.CreatedDate) },
      ]}
      search={{ text, placeholder: 'Find permission sets by name', onChange: setText }}
      empty={<Empty title="No permission sets yet" text="Begin with a predefined one." action={create} />}
    />
  )
}
