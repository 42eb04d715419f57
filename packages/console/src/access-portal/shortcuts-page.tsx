/** Shortcuts: make a link to a role, copy it, keep it. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { formatFragment } from '../fragment.ts'
import { useSignedIn } from '../signed-in.ts'
import { useAccountName } from './assigned-role.tsx'
import { CreateShortcut } from './create-shortcut.tsx'
import { readShortcuts, type Shortcut, shortcutUrl, writeShortcuts } from './shortcuts.ts'

export default function ShortcutsPage() {
  const { me } = useSignedIn()
  const [shortcuts, setShortcuts] = useState(() => readShortcuts(me.user.userId))
  const [creating, setCreating] = useState(false)
  const change = (next: Shortcut[]) => {
    writeShortcuts(me.user.userId, next)
    setShortcuts(next)
  }
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description="Links that lead straight to an account and a permission set. Whoever follows one signs in first and needs the same access."
        actions={
          <Button variant="primary" onClick={() => setCreating(true)}>
            Create shortcut
          </Button>
        }
      >
        Shortcuts
      </Header>
      <Container
        header={
          <Header variant="h2" counter={`(${shortcuts.length})`} description="Kept in this browser only.">
            My shortcuts
          </Header>
        }
      >
        {shortcuts.length === 0 ? (
          <Box textAlign="center" padding="l">
            <Box variant="strong">No shortcuts yet</Box>
            <Box color="text-body-secondary">Make one for the roles you use every day, or to share with your team.</Box>
          </Box>
        ) : (
          <ul className="clients" aria-label="Shortcuts">
            {shortcuts.map((shortcut, index) => (
              <ShortcutRow
                // biome-ignore lint/suspicious/noArrayIndexKey: two shortcuts may be equal in every part
                key={index}
                shortcut={shortcut}
                onDelete={() => change(shortcuts.filter((_, other) => other !== index))}
              />
            ))}
          </ul>
        )}
      </Container>
      {creating && (
        <CreateShortcut onClose={() => setCreating(false)} onCreate={(shortcut) => change([...shortcuts, shortcut])} />
      )}
    </SpaceBetween>
  )
}

function ShortcutRow({ shortcut, onDelete }: { shortcut: Shortcut; onDelete: () => void }) {
  const { me } = useSignedIn()
  const accountName = useAccountName(shortcut.accountId)
  const { name, accountId, roleName, destination } = shortcut
  return (
    <li>
      <div>
        <Link
          href={formatFragment({ name: 'console', accountId, roleName, ...(destination ? { destination } : {}) })}
          fontSize="body-m"
        >
          {name}
        </Link>
        <Box color="text-body-secondary" fontSize="body-s">
          {`${roleName} in ${accountName} (${accountId})`}
          {destination ? ` · ${destination}` : ''}
        </Box>
      </div>
      <SpaceBetween direction="horizontal" size="xs">
        <CopyToClipboard
          textToCopy={shortcutUrl(me.instance.startUrl, shortcut)}
          copyButtonText="Copy link"
          copyButtonAriaLabel={`Copy link of ${name}`}
          copySuccessText="Copied"
          copyErrorText="Could not be copied"
        />
        <Button iconName="remove" ariaLabel={`Delete ${name}`} onClick={onDelete} />
      </SpaceBetween>
    </li>
  )
}
