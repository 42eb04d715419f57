/** One session, with the clients under it. */
import Badge from '@cloudscape-design/components/badge'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { formatMoment } from '../components/moments.ts'
import { describeUserAgent } from '../components/user-agent.ts'
import type { Session, SessionClient } from '../operations.ts'

interface Props {
  session: Session
  onEnd(): void
  onEndClient(client: SessionClient): void
}

export function SessionCard({ session, onEnd, onEndClient }: Props) {
  const browser = describeUserAgent(session.userAgent)
  return (
    <Container
      header={
        <Header
          variant="h2"
          {...(session.current ? { info: <Badge color="blue">This browser</Badge> } : {})}
          actions={
            <Button
              ariaLabel={session.current ? 'Sign out of this browser' : `End session: ${browser}`}
              onClick={onEnd}
            >
              {session.current ? 'Sign out' : 'End session'}
            </Button>
          }
        >
          {browser}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={4}
          minColumnWidth={140}
          items={[
            { label: 'Signed in', value: formatMoment(session.createdAt) },
            { label: 'Ends', value: formatMoment(session.expiresAt) },
            { label: 'Address', value: session.address || 'unknown' },
            { label: 'Second factor', value: session.mfa ? 'Used' : 'Not used' },
          ]}
        />
        {session.clients.length > 0 && (
          <div>
            <Box variant="h3" padding={{ bottom: 'xxs' }}>
              Programs with access
            </Box>
            <ul className="clients" aria-label={`Programs with access through ${browser}`}>
              {session.clients.map((client) => (
                <Client key={client.id} client={client} onEnd={() => onEndClient(client)} />
              ))}
            </ul>
          </div>
        )}
      </SpaceBetween>
    </Container>
  )
}

function Client({ client, onEnd }: { client: SessionClient; onEnd: () => void }) {
  const details = [
    grantInWords(client.grant),
    `since ${formatMoment(client.createdAt)}`,
    `last used ${formatMoment(client.lastUsedAt)}`,
    client.address ? `from ${client.address}` : '',
  ]
  return (
    <li>
      <div>
        <Box fontWeight="bold">{client.clientName}</Box>
        <Box color="text-body-secondary" fontSize="body-s">
          {details.filter(Boolean).join(' · ')}
        </Box>
        {client.scopes.length > 0 && (
          <Box color="text-body-secondary" fontSize="body-s">
            May use: {client.scopes.join(', ')}
          </Box>
        )}
      </div>
      <Button ariaLabel={`Sign out ${client.clientName}`} onClick={onEnd}>
        Sign out
      </Button>
    </li>
  )
}

function grantInWords(grant: string): string {
  if (grant.includes('device')) return 'Let in by a code'
  if (grant.includes('authorization')) return 'Let in through the browser'
  return grant
}
