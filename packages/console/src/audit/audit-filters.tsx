/** Narrows the audit record down: when, what, from where, by whom, and whether it was refused. */
import Button from '@cloudscape-design/components/button'
import DateRangePicker, { type DateRangePickerProps } from '@cloudscape-design/components/date-range-picker'
import FormField from '@cloudscape-design/components/form-field'
import Toggle from '@cloudscape-design/components/toggle'
import { useState } from 'react'
import { ChoiceField, TextField } from '../admin/fields.tsx'
import type { AuditFilter } from '../admin/operations/mayfly.ts'
import { type ChosenPrincipal, PrincipalField } from '../admin/principal-field.tsx'
import { currentTime } from '../clock.ts'

export interface AuditQuery {
  range: DateRangePickerProps.Value | null
  eventName: string
  eventSource: string
  user: ChosenPrincipal | undefined
  errorsOnly: boolean
}

export const NO_QUERY: AuditQuery = { range: null, eventName: '', eventSource: '', user: undefined, errorsOnly: false }

const SOURCES = ['sso', 'sso-oauth', 'signin', 'sso-directory', 'identitystore', 'organizations', 'iam', 'sts']

/** What ListAuditEvents is asked. */
export function inputOf({ range, eventName, eventSource, user, errorsOnly }: AuditQuery): AuditFilter {
  const [start, end] = secondsOf(range)
  return {
    ...(start === undefined ? {} : { StartTime: start }),
    ...(end === undefined ? {} : { EndTime: end }),
    ...(eventName ? { EventName: eventName } : {}),
    ...(eventSource ? { EventSource: eventSource } : {}),
    ...(user ? { UserId: user.id } : {}),
    ...(errorsOnly ? { ErrorsOnly: true } : {}),
  }
}

export function AuditFilters({ onChange }: { onChange: (query: AuditQuery) => void }) {
  const [query, setQuery] = useState(NO_QUERY)
  const [round, setRound] = useState(0)
  const change = (part: Partial<AuditQuery>) => setQuery({ ...query, ...part })
  return (
    <form
      className="filters"
      key={round}
      onSubmit={(event) => {
        event.preventDefault()
        onChange(query)
      }}
    >
      <FormField label="Time">
        <DateRangePicker
          value={query.range}
          onChange={({ detail }) => change({ range: detail.value })}
          relativeOptions={[
            { key: 'hour', amount: 1, unit: 'hour', type: 'relative' },
            { key: 'day', amount: 1, unit: 'day', type: 'relative' },
            { key: 'week', amount: 1, unit: 'week', type: 'relative' },
          ]}
          isValidRange={() => ({ valid: true })}
          placeholder="Any time"
        />
      </FormField>
      <TextField
        label="Event"
        value={query.eventName}
        placeholder="CreateUser"
        onChange={(eventName) => change({ eventName })}
      />
      <ChoiceField
        label="Source"
        value={query.eventSource}
        choices={[
          { value: '', label: 'Any source' },
          ...SOURCES.map((name) => ({ value: `${name}.amazonaws.com`, label: name })),
          { value: 'mayfly', label: 'mayfly' },
        ]}
        onChange={(eventSource) => change({ eventSource })}
      />
      <PrincipalField label="By" kinds={['USER']} chosen={query.user} onChange={(user) => change({ user })} />
      <Toggle checked={query.errorsOnly} onChange={({ detail }) => change({ errorsOnly: detail.checked })}>
        Refused only
      </Toggle>
      <div className="filter-buttons">
        <Button variant="primary">Find</Button>{' '}
        <Button
          formAction="none"
          onClick={() => {
            setQuery(NO_QUERY)
            setRound(round + 1)
            onChange(NO_QUERY)
          }}
        >
          Clear
        </Button>
      </div>
    </form>
  )
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
}

function secondsOf(range: AuditQuery['range']): [number | undefined, number | undefined] {
  if (!range) return [undefined, undefined]
  if (range.type === 'relative') {
    const now = currentTime().getTime() / 1000
    return [Math.floor(now - range.amount * (UNIT_SECONDS[range.unit] ?? 0)), undefined]
  }
  const at = (text: string) => Math.floor(new Date(text).getTime() / 1000)
  return [at(range.startDate), at(range.endDate)]
}
