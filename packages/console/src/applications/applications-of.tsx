/** The applications that a user or a group is assigned to. */
import Link from '@cloudscape-design/components/link'
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import type { Application } from '../admin/operations/applications.ts'
import type { PrincipalType } from '../admin/operations/sso-admin.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { hrefOf } from '../admin/place.ts'

export function ApplicationsOf({ type, id }: { type: PrincipalType; id: string }) {
  const { api, instanceArn } = useAdministration()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<Application>> => {
      const input = { InstanceArn: instanceArn, PrincipalId: id, PrincipalType: type, NextToken }
      const page = await api.send(prepare('sso-admin', 'ListApplicationAssignmentsForPrincipal', input))
      const of = ({ ApplicationArn }: { ApplicationArn: string }) =>
        api.send(prepare('sso-admin', 'DescribeApplication', { ApplicationArn }))
      return { items: await Promise.all(page.ApplicationAssignments.map(of)), nextToken: page.NextToken }
    },
    [api, instanceArn, id, type],
  )
  return (
    <DataTable
      header="Applications"
      shown={usePages(load)}
      trackBy={(one) => one.ApplicationArn}
      columns={[
        {
          id: 'name',
          header: 'Application',
          cell: (one) => <Link href={hrefOf('applications', one.ApplicationArn)}>{one.Name}</Link>,
        },
        { id: 'description', header: 'Description', cell: (one) => one.Description ?? '' },
      ]}
      empty={<Empty title="No applications" text="Assign them on the page of the application." />}
    />
  )
}
