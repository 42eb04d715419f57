/** One service control policy: what it says, and where it is attached. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { PolicyTarget } from '../admin/operations/organizations.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { goTo, hrefOf } from '../admin/place.ts'
import { Show } from '../admin/show.tsx'
import { useLoaded } from '../components/loaded.ts'
import { TextBlock } from '../components/text-block.tsx'
import { WritePolicy } from './write-policy.tsx'

export default function PolicyPage({ id }: { id: string }) {
  const { api } = useAdministration()
  const [loaded, reload] = useLoaded(
    useCallback(() => api.send(prepare('organizations', 'DescribePolicy', { PolicyId: id })), [api, id]),
  )
  const [what, setWhat] = useState<'edit' | 'delete'>()
  const close = () => setWhat(undefined)
  return (
    <Show loaded={loaded} failed="The policy cannot be shown" onRetry={reload}>
      {({ Policy: { PolicySummary: summary, Content: content } }) => (
        <SpaceBetween size="l">
          <Header
            variant="h1"
            description={summary.Description ?? ''}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={summary.AwsManaged === true} onClick={() => setWhat('edit')}>
                  Edit
                </Button>
                <Button disabled={summary.AwsManaged === true} onClick={() => setWhat('delete')}>
                  Delete
                </Button>
              </SpaceBetween>
            }
          >
            {summary.Name}
          </Header>
          <Container header={<Header variant="h2">Document</Header>}>
            <TextBlock label="the policy" text={content} />
          </Container>
          <Targets policyId={id} />
          {what === 'edit' && <WritePolicy before={{ summary, content }} onClose={close} onDone={reload} />}
          {what === 'delete' && (
            <Change
              header={`Delete ${summary.Name}?`}
              action="Delete policy"
              calls={[prepare('organizations', 'DeletePolicy', { PolicyId: id })]}
              done={`${summary.Name} was deleted.`}
              confirmWith={summary.Name}
              onClose={close}
              onDone={() => goTo(hrefOf('policies'))}
            >
              Only a policy that is attached nowhere can be deleted.
            </Change>
          )}
        </SpaceBetween>
      )}
    </Show>
  )
}

function Targets({ policyId }: { policyId: string }) {
  const { api } = useAdministration()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<PolicyTarget>> => {
      const page = await api.send(prepare('organizations', 'ListTargetsForPolicy', { PolicyId: policyId, NextToken }))
      return { items: page.Targets, nextToken: page.NextToken }
    },
    [api, policyId],
  )
  return (
    <DataTable
      header="Attached to"
      shown={usePages(load)}
      trackBy={(one) => one.TargetId}
      columns={[
        {
          id: 'name',
          header: 'Name',
          cell: (one) =>
            one.Type === 'ACCOUNT' ? (
              <NamedLink kind="ACCOUNT" id={one.TargetId} name={one.Name} />
            ) : (
              (one.Name ?? one.TargetId)
            ),
        },
        {
          id: 'kind',
          header: 'Kind',
          cell: ({ Type }) => ({ ACCOUNT: 'Account', ORGANIZATIONAL_UNIT: 'Organizational unit', ROOT: 'Root' })[Type],
        },
        { id: 'id', header: 'ID', cell: (one) => one.TargetId },
      ]}
      empty={<Empty title="Attached nowhere" text="Attach it on the page of an account, or in the tree of accounts." />}
    />
  )
}
