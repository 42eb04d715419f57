/** Applications: those that the person may use, each with the address where signing in to it begins. */
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { Failure } from '../components/failure.tsx'
import { useLoaded } from '../components/loaded.ts'
import { Waiting } from '../components/waiting.tsx'
import type { Application } from '../operations.ts'
import { useSignedIn } from '../signed-in.ts'

export default function Applications() {
  const { operations } = useSignedIn()
  const [applications, reload] = useLoaded(operations.listApplications)
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description="Programs that you may use with the account you are signed in with.">
        Applications
      </Header>
      {applications.status === 'loading' && <Waiting />}
      {applications.status === 'failed' && (
        <Failure header="The applications could not be listed" failure={applications.failure} onRetry={reload} />
      )}
      {applications.status === 'loaded' && (
        <Container>{applications.value.length === 0 ? <None /> : <List applications={applications.value} />}</Container>
      )}
    </SpaceBetween>
  )
}

function None() {
  return (
    <Box textAlign="center" padding="xxl">
      <Box variant="h2">No applications yet</Box>
      <Box color="text-body-secondary">Nobody has given you one. Ask your administrator for those you need.</Box>
    </Box>
  )
}

function List({ applications }: { applications: readonly Application[] }) {
  return (
    <ul className="clients" aria-label="Applications">
      {applications.map(({ arn, name, description, url }) => (
        <li key={arn}>
          <div>
            {url && /^https?:/.test(url) ? (
              <Link href={url} external externalIconAriaLabel="Opens in a new tab">
                {name}
              </Link>
            ) : (
              <Box fontWeight="bold">{name}</Box>
            )}
            <Box color="text-body-secondary" fontSize="body-s">
              {description ?? ''}
            </Box>
          </div>
        </li>
      ))}
    </ul>
  )
}
