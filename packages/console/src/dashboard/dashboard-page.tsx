/** The first page of the admin console: how much there is, what needs attention, and where to begin. */
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { hrefOf } from '../admin/place.ts'
import { useLoaded } from '../components/loaded.ts'
import { type Attention, countAll, findAttention } from './overview.ts'

export default function DashboardPage() {
  const administration = useAdministration()
  const { me } = administration
  const [counts] = useLoaded(useCallback(() => countAll(administration), [administration]))
  const [attention] = useLoaded(useCallback(() => findAttention(administration), [administration]))
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={`${me.instance.startUrl} · ${me.instance.region}`}>
        {me.instance.name}
      </Header>
      <Container header={<Header variant="h2">What there is</Header>}>
        <div className="counts">
          {(['users', 'groups', 'accounts', 'permission-sets', 'applications'] as const).map((page) => (
            <div key={page}>
              <Box variant="awsui-key-label">{WORDS[page]}</Box>
              <Link href={hrefOf(page)} fontSize="heading-xl" ariaLabel={`${WORDS[page]}: ${told(counts, page)}`}>
                {told(counts, page)}
              </Link>
            </div>
          ))}
        </div>
      </Container>
      <Container header={<Header variant="h2">What needs attention</Header>}>
        {attention.status === 'loading' && <StatusIndicator type="loading">Looking</StatusIndicator>}
        {attention.status === 'loaded' && <AttentionList found={attention.value} />}
      </Container>
      <Container header={<Header variant="h2">Where to begin</Header>}>
        <ul className="attached" aria-label="Where to begin">
          {BEGINNINGS.map(({ page, text }) => (
            <li key={page}>
              <Link href={`#/admin/${page}`}>{text}</Link>
            </li>
          ))}
        </ul>
      </Container>
    </SpaceBetween>
  )
}

const WORDS = {
  users: 'Users',
  groups: 'Groups',
  accounts: 'Accounts',
  'permission-sets': 'Permission sets',
  applications: 'Applications',
} as const

const BEGINNINGS = [
  { page: 'users/create', text: 'Create a user and send them the link to sign in' },
  { page: 'permission-sets/create', text: 'Create a permission set' },
  { page: 'assign', text: 'Assign permission sets in many accounts at once' },
  { page: 'access', text: 'See who can get into an account, and through which group' },
  { page: 'matrix', text: 'Look at the whole organization' },
]

function told(
  counts: ReturnType<typeof useLoaded<Awaited<ReturnType<typeof countAll>>>>[0],
  page: keyof typeof WORDS,
): string {
  return counts.status === 'loaded' ? counts.value[page] : '…'
}

function AttentionList({ found }: { found: readonly Attention[] }) {
  if (found.length === 0) return <StatusIndicator type="success">Nothing</StatusIndicator>
  return (
    <ul className="attached" aria-label="What needs attention">
      {found.map(({ text, href, grave }) => (
        <li key={text}>
          <StatusIndicator type={grave ? 'error' : 'warning'}>
            <Link href={href}>{text}</Link>
          </StatusIndicator>
        </li>
      ))}
    </ul>
  )
}
