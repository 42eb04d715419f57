/** How an application proves itself when it asks for tokens: by IAM, with the policy that says which roles may. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { Empty } from '../admin/data-table.tsx'
import { TextArea } from '../admin/fields.tsx'
import { Show } from '../admin/show.tsx'
import { useLoaded } from '../components/loaded.ts'
import { TextBlock } from '../components/text-block.tsx'

export function AuthenticationMethod({ applicationArn }: { applicationArn: string }) {
  const { api } = useAdministration()
  const [loaded, reload] = useLoaded(
    useCallback(
      () =>
        api.listAll(
          prepare('sso-admin', 'ListApplicationAuthenticationMethods', { ApplicationArn: applicationArn }),
          'AuthenticationMethods',
        ),
      [api, applicationArn],
    ),
  )
  const [what, setWhat] = useState<'edit' | 'delete'>()
  const of = { ApplicationArn: applicationArn, AuthenticationMethodType: 'IAM' as const }
  const ends = { onClose: () => setWhat(undefined), onDone: reload }
  return (
    <Show loaded={loaded} failed="The authentication methods cannot be shown" onRetry={reload}>
      {([method]) => {
        const policy = method?.AuthenticationMethod.Iam?.ActorPolicy
        const text = policy ? JSON.stringify(policy, undefined, 2) : ''
        return (
          <Container
            header={
              <Header
                variant="h2"
                description="The policy says which roles may ask for tokens in the application's name."
                actions={
                  <SpaceBetween direction="horizontal" size="xs">
                    <Button disabled={!policy} onClick={() => setWhat('delete')}>
                      Delete
                    </Button>
                    <Button onClick={() => setWhat('edit')}>Edit</Button>
                  </SpaceBetween>
                }
              >
                IAM
              </Header>
            }
          >
            {text ? <TextBlock label="the policy" text={text} /> : <Empty title="No authentication method yet" />}
            {what === 'edit' && <EditPolicy of={of} before={text} {...ends} />}
            {what === 'delete' && (
              <Change
                header="Delete the authentication method?"
                action="Delete"
                calls={[prepare('sso-admin', 'DeleteApplicationAuthenticationMethod', of)]}
                done="Deleted."
                {...ends}
              >
                The application gets no tokens until it has one again.
              </Change>
            )}
          </Container>
        )
      }}
    </Show>
  )
}

interface EditProps {
  of: { ApplicationArn: string; AuthenticationMethodType: 'IAM' }
  before: string
  onClose(): void
  onDone(): void
}

function EditPolicy({ of, before, onClose, onDone }: EditProps) {
  const { managementAccountId } = useAdministration()
  const [text, setText] = useState(before || emptyPolicy(managementAccountId))
  const parsed = parse(text)
  return (
    <Change
      header="Which roles may ask for tokens"
      action="Save"
      size="large"
      ready={parsed !== undefined}
      calls={
        parsed === undefined
          ? []
          : [
              prepare('sso-admin', 'PutApplicationAuthenticationMethod', {
                ...of,
                AuthenticationMethod: { Iam: { ActorPolicy: parsed } },
              }),
            ]
      }
      done="Saved."
      onClose={onClose}
      onDone={onDone}
    >
      <TextArea
        label="Policy"
        value={text}
        rows={16}
        onChange={setText}
        {...(parsed === undefined ? { error: 'This is no JSON.' } : {})}
      />
    </Change>
  )
}

const emptyPolicy = (accountId: string): string =>
  JSON.stringify(
    {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: 'sso-oauth:CreateTokenWithIAM',
          Resource: '*',
        },
      ],
    },
    undefined,
    2,
  )

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
