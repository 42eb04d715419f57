/** The wizard that assigns: accounts, users and groups, permission sets, review; then what became of each. */
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Wizard from '@cloudscape-design/components/wizard'
import { useEffect, useState } from 'react'
import { type Administration, useAdministration, useUnsaved } from '../admin/administration.ts'
import { ApiCall } from '../admin/api-call.tsx'
import { goTo, hrefOf } from '../admin/place.ts'
import { type ChosenPrincipal, PrincipalsField } from '../admin/principals-field.tsx'
import { AssignProgress } from './assign-progress.tsx'
import { type ChosenAccount, type ChosenSet, planAssignments } from './assignment-plan.ts'
import { ChooseAccounts } from './choose-accounts.tsx'
import { ChoosePermissionSets } from './choose-permission-sets.tsx'

interface Choice {
  accounts: readonly ChosenAccount[]
  principals: readonly ChosenPrincipal[]
  sets: readonly ChosenSet[]
}

const NOTHING: Choice = { accounts: [], principals: [], sets: [] }

export default function AssignPage({ query }: { query: URLSearchParams }) {
  const administration = useAdministration()
  const [choice, setChoice] = useState(NOTHING)
  const [index, setIndex] = useState(0)
  const [error, setError] = useState<string>()
  const [begun, setBegun] = useState(false)
  const prefilled = query.toString()
  useEffect(() => {
    void readChoice(new URLSearchParams(prefilled), administration).then(setChoice)
  }, [prefilled, administration])
  useUnsaved(!begun && choice.accounts.length * choice.principals.length * choice.sets.length > 0)
  const plan = planAssignments(choice, administration.instanceArn)
  if (begun) return <AssignProgress plan={plan} />
  const missing = [
    choice.accounts.length === 0 && 'Choose at least one account.',
    choice.principals.length === 0 && 'Choose at least one user or group.',
    choice.sets.length === 0 && 'Choose at least one permission set.',
  ]
  return (
    <Wizard
      i18nStrings={{ submitButton: plan.length === 1 ? 'Make 1 assignment' : `Make ${plan.length} assignments` }}
      activeStepIndex={index}
      onCancel={() => goTo(hrefOf('matrix'))}
      onSubmit={() => setBegun(true)}
      onNavigate={({ detail }) => {
        const wrong = detail.requestedStepIndex > index ? missing[index] || undefined : undefined
        setError(wrong)
        if (!wrong) setIndex(detail.requestedStepIndex)
      }}
      steps={[
        {
          title: 'Choose accounts',
          content: (
            <ChooseAccounts chosen={choice.accounts} onChange={(accounts) => setChoice({ ...choice, accounts })} />
          ),
        },
        {
          title: 'Choose users and groups',
          content: (
            <Container>
              <PrincipalsField
                label="Users and groups"
                kinds={['GROUP', 'USER']}
                chosen={choice.principals}
                onChange={(principals) => setChoice({ ...choice, principals })}
              />
            </Container>
          ),
        },
        {
          title: 'Choose permission sets',
          content: <ChoosePermissionSets chosen={choice.sets} onChange={(sets) => setChoice({ ...choice, sets })} />,
        },
        { title: 'Review and assign', content: <Review choice={choice} plan={plan} /> },
      ].map((step, at) => (error && at === index ? { ...step, errorText: error } : step))}
    />
  )
}

function Review({ choice, plan }: { choice: Choice; plan: ReturnType<typeof planAssignments> }) {
  const { accounts, principals, sets } = choice
  const list = (header: string, names: readonly string[]) => (
    <Container
      header={
        <Header variant="h2" counter={`(${names.length})`}>
          {header}
        </Header>
      }
    >
      {names.slice(0, 50).join(', ')}
      {names.length > 50 && `, and ${names.length - 50} more`}
    </Container>
  )
  return (
    <SpaceBetween size="l">
      {list(
        'Accounts',
        accounts.map(({ name }) => name),
      )}
      {list(
        'Users and groups',
        principals.map(({ name }) => name),
      )}
      {list(
        'Permission sets',
        sets.map(({ name }) => name),
      )}
      <Container
        header={
          <Header
            variant="h2"
            description={`${accounts.length} accounts × ${principals.length} users and groups × ${sets.length} permission sets. What is assigned already stays as it is.`}
          >
            {plan.length === 1 ? '1 call' : `${plan.length} calls`}
          </Header>
        }
      >
        <ApiCall calls={plan.map(({ call }) => call)} />
      </Container>
    </SpaceBetween>
  )
}

/** What the link to this page has chosen already. */
async function readChoice(query: URLSearchParams, { names }: Administration): Promise<Choice> {
  const named = async (kind: 'ACCOUNT' | 'USER' | 'GROUP' | 'PERMISSION_SET', ids: string[]) =>
    Promise.all(ids.map(async (id) => ({ id, name: (await names.find(kind, id)) ?? id })))
  const [accounts, users, groups, sets] = await Promise.all([
    named('ACCOUNT', query.getAll('account')),
    named('USER', query.getAll('user')),
    named('GROUP', query.getAll('group')),
    named('PERMISSION_SET', query.getAll('set')),
  ])
  return {
    accounts,
    principals: [
      ...users.map((user) => ({ type: 'USER' as const, ...user })),
      ...groups.map((group) => ({ type: 'GROUP' as const, ...group })),
    ],
    sets: sets.map(({ id, name }) => ({ arn: id, name })),
  }
}
