/** Creates a user, puts them into groups, and makes the link with which they choose a password. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { type Call, prepare } from '../admin/call.ts'
import { CreatePage } from '../admin/create-page.tsx'
import { OneTimeLink } from '../admin/one-time-link.tsx'
import type { OneTimeLink as Link } from '../admin/operations/mayfly.ts'
import { goTo, hrefOf } from '../admin/place.ts'
import { type ChosenPrincipal, PrincipalsField } from '../admin/principals-field.tsx'
import { attributesOf, NO_FIELDS } from './attributes.ts'
import { isComplete, UserForm } from './user-form.tsx'

type Invitation = 'show' | 'send' | 'none'

export default function CreateUserPage() {
  const { identityStoreId, notify } = useAdministration()
  const [fields, setFields] = useState(NO_FIELDS)
  const [groups, setGroups] = useState<readonly ChosenPrincipal[]>([])
  const [invitation, setInvitation] = useState<Invitation>('show')
  const [created, setCreated] = useState<{ id: string; link: Link }>()
  const IdentityStoreId = identityStoreId
  const rest = (UserId: string): Call[] => [
    ...groups.map(({ id: GroupId }) =>
      prepare('identitystore', 'CreateGroupMembership', { IdentityStoreId, GroupId, MemberId: { UserId } }),
    ),
    ...(invitation === 'none'
      ? []
      : [prepare('mayfly', 'InviteUser', { UserId, SendEmail: invitation === 'send' ? true : undefined })]),
  ]
  if (created) return <Invited userName={fields.userName} {...created} />
  return (
    <CreatePage
      header="Create user"
      action="Create user"
      cancelHref={hrefOf('users')}
      ready={isComplete(fields)}
      unsaved={fields !== NO_FIELDS || groups.length > 0}
      creation={{
        first: prepare('identitystore', 'CreateUser', { IdentityStoreId, ...attributesOf(fields) }),
        idOf: ({ UserId }) => UserId,
        rest,
      }}
      onDone={({ id, answers }) => {
        notify(`${fields.userName} was created.`)
        if (invitation === 'none') goTo(hrefOf('users', id))
        else setCreated({ id, link: answers.at(-1) as Link })
      }}
    >
      <Container header={<Header variant="h2">Who it is</Header>}>
        <UserForm fields={fields} onChange={setFields} />
      </Container>
      <Container header={<Header variant="h2">Groups</Header>}>
        <PrincipalsField label="Add to groups" kinds={['GROUP']} chosen={groups} onChange={setGroups} />
      </Container>
      <Container header={<Header variant="h2">Invitation</Header>}>
        <RadioGroup
          ariaLabel="Invitation"
          value={invitation}
          onChange={({ detail }) => setInvitation(detail.value as Invitation)}
          items={[
            { value: 'show', label: 'Show a one-time link', description: 'You send it to the person yourself.' },
            {
              value: 'send',
              label: 'Send the link by email',
              description: 'To the address above.',
              disabled: fields.email === '',
            },
            { value: 'none', label: 'Not now', description: 'Nobody can sign in as this user until they are invited.' },
          ]}
        />
      </Container>
    </CreatePage>
  )
}

function Invited({ id, userName, link }: { id: string; userName: string; link: Link }) {
  return (
    <SpaceBetween size="l">
      <Header variant="h1">{`${userName} was created`}</Header>
      <OneTimeLink link={link} what={`With this link ${userName} chooses a password`} />
      <SpaceBetween direction="horizontal" size="xs">
        <Button variant="primary" href={hrefOf('users', id)}>
          {`Open ${userName}`}
        </Button>
        <Button href={hrefOf('users')}>Go to users</Button>
      </SpaceBetween>
    </SpaceBetween>
  )
}
