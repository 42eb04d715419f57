/** Where a user is signed in, and a way to end it. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { DataTable, Empty } from '../admin/data-table.tsx'
import type { User } from '../admin/operations/identitystore.ts'
import type { UserSession } from '../admin/operations/mayfly.ts'
import { type Fetched, usePages } from '../admin/pages.ts'
import { formatSeconds } from '../components/moments.ts'
import { describeUserAgent } from '../components/user-agent.ts'

export function UserSessions({ user }: { user: User }) {
  const { api } = useAdministration()
  const [chosen, setChosen] = useState<readonly UserSession[]>([])
  const [ending, setEnding] = useState(false)
  const { UserId } = user
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<UserSession>> => {
      const page = await api.send(prepare('mayfly', 'ListUserSessions', { UserId, NextToken }))
      return { items: page.Sessions, nextToken: page.NextToken }
    },
    [api, UserId],
  )
  const shown = usePages(load)
  return (
    <>
      <DataTable
        header="Sessions"
        shown={shown}
        trackBy={(session) => session.SessionId}
        labelOf={(session) => describeUserAgent(session.UserAgent)}
        columns={[
          { id: 'browser', header: 'Browser', cell: (session) => describeUserAgent(session.UserAgent) },
          { id: 'address', header: 'Address', cell: (session) => session.SourceAddress },
          {
            id: 'clients',
            header: 'Programs',
            cell: (session) => session.Clients.map((client) => client.Name).join(', ') || 'None',
          },
          { id: 'since', header: 'Since', cell: (session) => formatSeconds(session.CreatedAt) },
          { id: 'until', header: 'Until', cell: (session) => formatSeconds(session.ExpiresAt) },
        ]}
        selection={{ items: chosen, onChange: setChosen }}
        actions={[
          <Button key="end" disabled={chosen.length === 0} onClick={() => setEnding(true)}>
            End
          </Button>,
        ]}
        empty={<Empty title="Not signed in anywhere" />}
      />
      {ending && (
        <Change
          header={chosen.length === 1 ? 'End this session?' : `End ${chosen.length} sessions?`}
          action="End"
          calls={chosen.map(({ SessionId }) => prepare('mayfly', 'EndUserSession', { UserId, SessionId }))}
          done={chosen.length === 1 ? 'The session was ended.' : `${chosen.length} sessions were ended.`}
          onClose={() => setEnding(false)}
          onDone={() => {
            setChosen([])
            shown.reload()
          }}
        >
          The browser, the programs it let in, and the credentials they hold are refused at once.
        </Change>
      )}
    </>
  )
}
