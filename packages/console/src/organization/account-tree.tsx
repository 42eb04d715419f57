/** The tree itself: units unfold, accounts lead to their pages, each with what can be done to it. */
import Badge from '@cloudscape-design/components/badge'
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import Icon from '@cloudscape-design/components/icon'
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import TreeView from '@cloudscape-design/components/tree-view'
import { useAdministration } from '../admin/administration.ts'
import { hrefOf } from '../admin/place.ts'
import { messageOf } from '../components/failure.tsx'
import type { TreeChange } from './change-tree.tsx'
import type { Tree, TreeNode } from './tree.ts'

export function AccountTree({ tree, onChange }: { tree: Tree; onChange: (change: TreeChange) => void }) {
  const { managementAccountId } = useAdministration()
  if (tree.roots.length === 0) return <StatusIndicator type="loading">Loading accounts</StatusIndicator>
  return (
    <TreeView
      ariaLabel="Organization"
      items={tree.roots}
      connectorLines="vertical"
      getItemId={(node) => node.id}
      getItemChildren={tree.childrenOf}
      expandedItems={tree.expanded}
      onItemToggle={({ detail }) => tree.toggle(detail.item, detail.expanded)}
      renderItem={(node) => ({
        announcementLabel: 'name' in node ? node.name : 'More',
        ...iconOf(node),
        content: <Content node={node} tree={tree} isManagement={node.id === managementAccountId} />,
        ...(node.kind === 'account' ? { secondaryContent: `${node.id} · ${node.account.Email ?? ''}` } : {}),
        actions: <Actions node={node} onChange={onChange} />,
      })}
    />
  )
}

function iconOf({ kind }: TreeNode) {
  if (kind === 'root' || kind === 'unit') return { icon: <Icon name="folder" /> }
  return kind === 'account' ? { icon: <Icon name="user-profile" /> } : {}
}

function Content({ node, tree, isManagement }: { node: TreeNode; tree: Tree; isManagement: boolean }) {
  switch (node.kind) {
    case 'root':
    case 'unit':
      return node.name
    case 'account':
      return (
        <>
          <Link href={hrefOf('accounts', node.id)}>{node.name}</Link>{' '}
          {isManagement && <Badge>management account</Badge>}{' '}
          {node.account.Status === 'SUSPENDED' && <Badge color="red">closed</Badge>}
        </>
      )
    case 'more':
      return (
        <Button variant="inline-link" onClick={() => tree.more(node)}>
          Load more accounts
        </Button>
      )
    case 'loading':
      return <StatusIndicator type="loading">Loading</StatusIndicator>
    case 'failed':
      return <StatusIndicator type="error">{messageOf(node.failure)}</StatusIndicator>
  }
}

function Actions({ node, onChange }: { node: TreeNode; onChange: (change: TreeChange) => void }) {
  if (node.kind === 'account') {
    return (
      <Button
        variant="inline-link"
        ariaLabel={`Move ${node.name}`}
        onClick={() => onChange({ what: 'move', account: node })}
      >
        Move
      </Button>
    )
  }
  if (node.kind !== 'root' && node.kind !== 'unit') return null
  return (
    <ButtonDropdown
      variant="inline-icon"
      ariaLabel={`Change ${node.name}`}
      items={[
        { id: 'create-unit', text: 'Create organizational unit here' },
        { id: 'policies', text: 'Service control policies', href: hrefOf('policies-of', node.id) },
        ...(node.kind === 'unit'
          ? [
              { id: 'rename-unit', text: 'Rename' },
              { id: 'delete-unit', text: 'Delete' },
            ]
          : []),
      ]}
      onItemClick={({ detail }) => {
        if (detail.id === 'create-unit') onChange({ what: 'create-unit', parent: node })
        if (detail.id === 'rename-unit' || detail.id === 'delete-unit') onChange({ what: detail.id, unit: node })
      }}
    />
  )
}
