/** The calls that were made since this page was opened, newest first, each with its command. */
import Box from '@cloudscape-design/components/box'
import Drawer from '@cloudscape-design/components/drawer'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Toggle from '@cloudscape-design/components/toggle'
import { useState, useSyncExternalStore } from 'react'
import { formatTime } from '../components/moments.ts'
import { TextBlock } from '../components/text-block.tsx'
import { useAdministration } from './administration.ts'
import { useCommandPlace } from './api-call.tsx'
import { isChange } from './call.ts'
import type { LoggedCall } from './call-log.ts'
import { formatCommand } from './command.ts'

const SHOWN = 100

export function CallsDrawer() {
  const { log } = useAdministration()
  const calls = useSyncExternalStore(log.subscribe, log.calls)
  const [looks, setLooks] = useState(false)
  const wanted = calls.filter(({ call }) => looks || isChange(call))
  return (
    <Drawer header={<h2>Calls</h2>}>
      <SpaceBetween size="s">
        <Box color="text-body-secondary">
          What this page asked of the server since it was opened. The same commands work in a terminal.
        </Box>
        <Toggle checked={looks} onChange={({ detail }) => setLooks(detail.checked)}>
          Show calls that only look
        </Toggle>
        {wanted.length === 0 && <Box>Nothing was changed yet.</Box>}
        {wanted.slice(0, SHOWN).map((one) => (
          <Logged key={one.id} logged={one} />
        ))}
        {wanted.length > SHOWN && <Box>{`And ${wanted.length - SHOWN} earlier ones.`}</Box>}
      </SpaceBetween>
    </Drawer>
  )
}

function Logged({ logged }: { logged: LoggedCall }) {
  const place = useCommandPlace()
  const [expanded, setExpanded] = useState(false)
  const { call, status, refusal, requestId, at } = logged
  return (
    <ExpandableSection
      variant="default"
      headerText={call.operation}
      headerDescription={`${formatTime(at)} · ${call.service} · ${status}`}
      expanded={expanded}
      onChange={({ detail }) => setExpanded(detail.expanded)}
    >
      {expanded && (
        <SpaceBetween size="xs">
          {refusal && <StatusIndicator type="error">{refusal}</StatusIndicator>}
          <TextBlock label={`the command of ${call.operation}`} text={formatCommand(call, place)} />
          {requestId && <Box color="text-body-secondary" fontSize="body-s">{`Request ${requestId}`}</Box>}
        </SpaceBetween>
      )}
    </ExpandableSection>
  )
}
