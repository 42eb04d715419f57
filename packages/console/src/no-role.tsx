/** Shown in place of the admin console to whoever has no role in the accounts that administer. */

import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import { useEffect } from 'react'
import { applyAppearance, readAppearance } from './appearance.ts'
import type { Me } from './operations.ts'

export function NoRole({ me }: { me: Me }) {
  // There is no bar here that would follow the system.
  useEffect(() => applyAppearance(readAppearance()), [])
  return (
    <main className="page">
      <Container>
        <Box textAlign="center" padding="xxl">
          <Box variant="h1">You are not an administrator here</Box>
          <Box color="text-body-secondary" padding={{ vertical: 's' }}>
            {`${me.user.displayName || me.user.userName} has no permission set in the account that ${me.instance.name} is administered from (${me.administration.accountIds.join(', ')}). Somebody who has one can assign one to you.`}
          </Box>
          <Button variant="primary" href="#/">
            Go to my accounts
          </Button>
        </Box>
      </Container>
    </main>
  )
}
