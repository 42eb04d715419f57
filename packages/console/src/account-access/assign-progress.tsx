/** Makes the planned assignments and shows what became of each; the failed ones can be tried again. */
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { DataTable } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import { hrefOf } from '../admin/place.ts'
import type { PlannedAssignment } from './assignment-plan.ts'
import { type Outcome, runAll } from './run-all.ts'
import { assign } from './settled.ts'

/** AWS lets ten be on their way at once (specification §5.1). */
const AT_ONCE = 5
const ROWS = 50

export function AssignProgress({ plan: planned }: { plan: readonly PlannedAssignment[] }) {
  const [plan] = useState(planned)
  const { outcomes, running, start } = useRun(plan)
  const [index, setIndex] = useState(1)
  const of = (status: Outcome['status']) =>
    plan.filter(({ key }) => (outcomes.get(key)?.status ?? 'waiting') === status)
  const [done, failed] = [of('done'), of('failed')]
  const rows = [...failed, ...plan.filter((one) => !failed.includes(one))]
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={running || failed.length === 0} onClick={() => start(failed)}>
              Retry failed
            </Button>
            <Button href={hrefOf('matrix')} disabled={running}>
              See who has access
            </Button>
          </SpaceBetween>
        }
      >
        Assigning access
      </Header>
      <ProgressBar
        value={plan.length === 0 ? 100 : ((done.length + failed.length) / plan.length) * 100}
        label={`${done.length} of ${plan.length} assigned`}
        {...(failed.length > 0 ? { additionalInfo: `${failed.length} failed` } : {})}
        {...(running
          ? {}
          : {
              status: failed.length > 0 ? ('error' as const) : ('success' as const),
              resultText:
                failed.length > 0 ? `${failed.length} of ${plan.length} failed` : `All ${plan.length} assigned`,
            })}
      />
      {!running && failed.length > 0 && (
        <Alert type="error" header="Some assignments were not made">
          The reasons stand below. Try those again when the cause is gone.
        </Alert>
      )}
      <DataTable
        header="Assignments"
        shown={{
          items: rows.slice((index - 1) * ROWS, index * ROWS),
          loading: false,
          failure: undefined,
          index,
          count: Math.max(1, Math.ceil(rows.length / ROWS)),
          openEnd: false,
          turn: setIndex,
          reload() {},
        }}
        trackBy={({ key }) => key}
        columns={[
          {
            id: 'account',
            header: 'Account',
            cell: ({ account }) => <NamedLink kind="ACCOUNT" id={account.id} name={account.name} />,
          },
          {
            id: 'principal',
            header: 'Assigned to',
            cell: ({ principal }) => <NamedLink kind={principal.type} id={principal.id} name={principal.name} />,
          },
          {
            id: 'set',
            header: 'Permission set',
            cell: ({ set }) => <NamedLink kind="PERMISSION_SET" id={set.arn} name={set.name} />,
          },
          { id: 'outcome', header: 'Outcome', cell: ({ key }) => <OutcomeCell outcome={outcomes.get(key)} /> },
        ]}
        reloads={false}
        empty=""
      />
    </SpaceBetween>
  )
}

function OutcomeCell({ outcome = { status: 'waiting' } }: { outcome: Outcome | undefined }) {
  switch (outcome.status) {
    case 'waiting':
      return <StatusIndicator type="pending">Waiting</StatusIndicator>
    case 'running':
      return <StatusIndicator type="in-progress">Assigning</StatusIndicator>
    case 'done':
      return <StatusIndicator type="success">Assigned</StatusIndicator>
    case 'failed':
      return <StatusIndicator type="error">{outcome.reason}</StatusIndicator>
  }
}

function useRun(plan: readonly PlannedAssignment[]) {
  const administration = useAdministration()
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [running, setRunning] = useState(true)
  const round = useRef(0)
  const start = useCallback(
    (items: readonly PlannedAssignment[]) => {
      round.current += 1
      const mine = round.current
      setRunning(true)
      void runAll({
        items,
        keyOf: ({ key }) => key,
        run: ({ call }) => assign(administration, call),
        onChange: (key, outcome) =>
          mine === round.current && setOutcomes((before) => new Map(before).set(key, outcome)),
        atOnce: AT_ONCE,
        mayGoOn: () => mine === round.current,
      }).then(() => mine === round.current && setRunning(false))
    },
    [administration],
  )
  useEffect(() => {
    start(plan)
    // Leaving the page ends it after those that are on their way.
    return () => {
      round.current += 1
    }
  }, [plan, start])
  return { outcomes, running, start }
}
