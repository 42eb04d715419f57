/** Accounts and organizational units, as a tree: find, create, register, move, rename. */
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import TextFilter from '@cloudscape-design/components/text-filter'
import { useState } from 'react'
import { Failure } from '../components/failure.tsx'
import { AccountTree } from './account-tree.tsx'
import { ChangeTree, type TreeChange } from './change-tree.tsx'
import { FoundAccounts } from './found-accounts.tsx'
import { useTree } from './tree.ts'

export default function AccountsPage() {
  const tree = useTree()
  const [text, setText] = useState('')
  const [change, setChange] = useState<TreeChange>()
  const root = tree.roots[0]
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description="The accounts of the organization, in their organizational units."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button iconName="refresh" ariaLabel="Reload accounts" onClick={tree.reload} />
            <ButtonDropdown
              items={[
                { id: 'create-unit', text: 'Create organizational unit' },
                { id: 'register', text: 'Register an account by its number' },
              ]}
              onItemClick={({ detail }) => {
                if (detail.id === 'register') setChange({ what: 'register' })
                else if (root && root.kind === 'root') setChange({ what: 'create-unit', parent: root })
              }}
            >
              More
            </ButtonDropdown>
            <Button variant="primary" onClick={() => setChange({ what: 'create-account' })}>
              Create account
            </Button>
          </SpaceBetween>
        }
      >
        Accounts
      </Header>
      <Failure failure={tree.failure} header="The organization cannot be shown" onRetry={tree.reload} />
      <Container
        header={
          <TextFilter
            filteringText={text}
            filteringPlaceholder="Find accounts by name, number or email address"
            filteringAriaLabel="Find accounts"
            filteringClearAriaLabel="Clear the search"
            onChange={({ detail }) => setText(detail.filteringText)}
          />
        }
      >
        {text.trim() === '' ? <AccountTree tree={tree} onChange={setChange} /> : <FoundAccounts text={text.trim()} />}
      </Container>
      {change && <ChangeTree change={change} onClose={() => setChange(undefined)} onDone={tree.reload} />}
    </SpaceBetween>
  )
}
