/** Shown in place of the portal while the server does not answer. */

import Box from '@cloudscape-design/components/box'
import { useEffect } from 'react'
import { applyAppearance, readAppearance } from './appearance.ts'
import { Failure } from './components/failure.tsx'

export function Unavailable({ failure }: { failure: unknown }) {
  // There is no bar here that would follow the system.
  useEffect(() => applyAppearance(readAppearance()), [])
  return (
    <main className="page">
      <Box variant="h1" padding={{ bottom: 'm' }}>
        The access portal is not available
      </Box>
      <Failure failure={failure} onRetry={() => location.reload()} />
    </main>
  )
}
