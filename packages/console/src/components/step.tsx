/** What to do, above what to paste. */
import Box from '@cloudscape-design/components/box'
import type { ReactNode } from 'react'

export function Step({ text, children }: { text: ReactNode; children: ReactNode }) {
  return (
    <div>
      <Box padding={{ bottom: 'xxs' }}>{text}</Box>
      {children}
    </div>
  )
}
