/** Sessions: the browsers that are signed in, the clients they let in, and a way to end each. */
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { Confirm } from '../components/confirm.tsx'
import { Failure } from '../components/failure.tsx'
import { useLoaded } from '../components/loaded.ts'
import { describeUserAgent } from '../components/user-agent.ts'
import type { Session, SessionClient } from '../operations.ts'
import { useSignedIn } from '../signed-in.ts'
import { SessionCard } from './session-card.tsx'

/** What the person is asked to confirm. */
type Ending =
  | { what: 'session'; session: Session }
  | { what: 'client'; client: SessionClient }
  | { what: 'others'; sessions: Session[] }

export default function Sessions() {
  const { operations } = useSignedIn()
  const [sessions, reload] = useLoaded(operations.listSessions)
  const [ending, setEnding] = useState<Ending>()
  const listed = sessions.status === 'loaded' ? currentFirst(sessions.value) : []
  const others = listed.filter((session) => !session.current)
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description="Browsers where you are signed in, and the programs that got access through them. End what you do not recognize."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button iconName="refresh" ariaLabel="Reload sessions" onClick={reload} />
            <Button disabled={others.length === 0} onClick={() => setEnding({ what: 'others', sessions: others })}>
              End all other sessions
            </Button>
          </SpaceBetween>
        }
      >
        Sessions
      </Header>
      {sessions.status === 'loading' && <StatusIndicator type="loading">Loading sessions</StatusIndicator>}
      {sessions.status === 'failed' && (
        <Failure header="Your sessions could not be listed" failure={sessions.failure} onRetry={reload} />
      )}
      {listed.map((session) => (
        <SessionCard
          key={session.id}
          session={session}
          onEnd={() => setEnding({ what: 'session', session })}
          onEndClient={(client) => setEnding({ what: 'client', client })}
        />
      ))}
      {ending && <End ending={ending} onClose={() => setEnding(undefined)} onEnded={reload} />}
    </SpaceBetween>
  )
}

function End({ ending, onClose, onEnded }: { ending: Ending; onClose: () => void; onEnded: () => void }) {
  const { operations, signOut } = useSignedIn()
  const after = async (ended: Promise<unknown>) => {
    await ended
    onEnded()
  }
  switch (ending.what) {
    case 'client':
      return (
        <Confirm
          header={`Sign out ${ending.client.clientName}?`}
          action="Sign out"
          onConfirm={() => after(operations.endClient(ending.client.id))}
          onClose={onClose}
        >
          It loses its access at once and has to ask you again.
        </Confirm>
      )
    case 'others':
      return (
        <Confirm
          header={
            ending.sessions.length === 1 ? 'End the other session?' : `End ${ending.sessions.length} other sessions?`
          }
          action="End sessions"
          onConfirm={() => after(Promise.all(ending.sessions.map(({ id }) => operations.endSession(id))))}
          onClose={onClose}
        >
          Those browsers are signed out, and so is every program that got access through them.
        </Confirm>
      )
    case 'session':
      return (
        <Confirm
          header={
            ending.session.current ? 'Sign out of this browser?' : `End ${describeUserAgent(ending.session.userAgent)}?`
          }
          action={ending.session.current ? 'Sign out' : 'End session'}
          onConfirm={async () => {
            if (ending.session.current) signOut()
            else await after(operations.endSession(ending.session.id))
          }}
          onClose={onClose}
        >
          {ending.session.clients.length === 0
            ? 'The browser is signed out at once.'
            : 'The browser is signed out at once, and so is every program that got access through it.'}
        </Confirm>
      )
  }
}

function currentFirst(sessions: readonly Session[]): Session[] {
  return [...sessions].sort(
    (one, other) =>
      Number(other.current) - Number(one.current) || Date.parse(other.createdAt) - Date.parse(one.createdAt),
  )
}
