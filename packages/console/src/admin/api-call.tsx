/** Shows the calls behind a change: as commands for the terminal, and as the JSON that is sent. */
import Box from '@cloudscape-design/components/box'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { TextBlock } from '../components/text-block.tsx'
import { useAdministration } from './administration.ts'
import type { Call } from './call.ts'
import { formatCommand, formatInput } from './command.ts'

/** More than these are told by their number. */
const SHOWN = 20

export function ApiCall({ calls }: { calls: readonly Call[] }) {
  const [expanded, setExpanded] = useState(false)
  return (
    <ExpandableSection
      variant="footer"
      headerText={calls.length === 1 ? 'API call' : `API calls (${calls.length})`}
      expanded={expanded}
      onChange={({ detail }) => setExpanded(detail.expanded)}
    >
      {expanded && <Calls calls={calls} />}
    </ExpandableSection>
  )
}

function Calls({ calls }: { calls: readonly Call[] }) {
  const place = useCommandPlace()
  const shown = calls.slice(0, SHOWN)
  if (calls.length === 0) return <Box color="text-body-secondary">Nothing would be changed.</Box>
  return (
    <SpaceBetween size="s">
      <TextBlock
        label={calls.length === 1 ? 'the command' : 'the commands'}
        text={shown.map((call) => formatCommand(call, place)).join('\n\n')}
      />
      <TextBlock
        label="the JSON that is sent"
        text={shown.map((call) => `${call.service} ${call.operation}\n${formatInput(call)}`).join('\n\n')}
      />
      {calls.length > SHOWN && (
        <Box color="text-body-secondary">{`These are the first ${SHOWN} of ${calls.length} calls.`}</Box>
      )}
    </SpaceBetween>
  )
}

/** Where the commands of this page lead. */
export function useCommandPlace() {
  const { me } = useAdministration()
  return { origin: me.instance.origin, region: me.instance.region }
}
