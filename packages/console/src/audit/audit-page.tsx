/** The audit record: what was done, by whom, and whether its chain is whole. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { AuditEvent } from '../admin/operations/mayfly.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { formatMoment } from '../components/moments.ts'
import { TextBlock } from '../components/text-block.tsx'
import { AuditFilters, type AuditQuery, inputOf, NO_QUERY } from './audit-filters.tsx'
import { ChainStatus } from './chain-status.tsx'

export default function AuditPage() {
  const { api } = useAdministration()
  const [query, setQuery] = useState<AuditQuery>(NO_QUERY)
  const [opened, setOpened] = useState<AuditEvent>()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<AuditEvent>> => {
      const page = await api.send(
        prepare('mayfly', 'ListAuditEvents', { ...inputOf(query), MaxResults: 50, NextToken }),
      )
      return { items: page.Events, nextToken: page.NextToken }
    },
    [api, query],
  )
  return (
    <SpaceBetween size="l">
      <ChainStatus />
      <Container>
        <AuditFilters onChange={setQuery} />
      </Container>
      <DataTable
        header="Audit"
        variant="h1"
        description="Every sign-in, token, credential and administrative call, newest first."
        shown={usePages(load)}
        trackBy={(event) => event.eventID}
        columns={[
          {
            id: 'name',
            header: 'Event',
            cell: (event) => (
              <Button variant="inline-link" onClick={() => setOpened(event)}>
                {event.eventName}
              </Button>
            ),
          },
          { id: 'time', header: 'Time', cell: (event) => formatMoment(event.eventTime) },
          { id: 'source', header: 'Source', cell: (event) => event.eventSource.replace('.amazonaws.com', '') },
          { id: 'who', header: 'By', cell: (event) => <Who event={event} /> },
          { id: 'address', header: 'Address', cell: (event) => event.sourceIPAddress ?? '' },
          {
            id: 'outcome',
            header: 'Outcome',
            cell: ({ errorCode }) =>
              errorCode ? (
                <StatusIndicator type="error">{errorCode}</StatusIndicator>
              ) : (
                <StatusIndicator type="success">Done</StatusIndicator>
              ),
          },
        ]}
        empty={<Empty title="No events" text="Nothing matches these filters." />}
      />
      {opened && (
        <Modal visible size="large" header={opened.eventName} onDismiss={() => setOpened(undefined)}>
          <TextBlock label="the event" text={JSON.stringify(opened, undefined, 2)} />
        </Modal>
      )}
    </SpaceBetween>
  )
}

function Who({ event: { userIdentity } }: { event: AuditEvent }) {
  const userId = userIdentity?.onBehalfOf?.userId
  if (userId) return <NamedLink kind="USER" id={userId} />
  return userIdentity?.arn?.split('/').slice(1).join('/') ?? userIdentity?.userName ?? userIdentity?.type ?? ''
}
