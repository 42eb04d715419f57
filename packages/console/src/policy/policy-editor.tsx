/** Writes a policy document: line numbers, what is wrong at which line, and room to paste. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useId, useRef } from 'react'
import { checkPolicy, MOST_INLINE, type PolicyFault } from './policy-check.ts'

interface Props {
  label: string
  value: string
  /** How many characters without blanks are allowed. */
  most?: number
  onChange(value: string): void
}

/** A policy to begin with. */
export const EMPTY_POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [],
      "Resource": "*"
    }
  ]
}`

export function PolicyEditor({ label, value, most = MOST_INLINE, onChange }: Props) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const faults = value.trim() === '' ? [] : checkPolicy(value, most)
  const bad = new Set(faults.map(({ line }) => line))
  const lines = value.split('\n')
  const goTo = ({ line, column }: PolicyFault) => {
    const offset = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1
    field.current?.focus()
    field.current?.setSelectionRange(offset, offset)
  }
  return (
    <SpaceBetween size="xs">
      <label htmlFor={id}>
        <Box variant="awsui-key-label">{label}</Box>
      </label>
      <div className="policy">
        <div className="policy-lines" aria-hidden="true">
          {lines.map((_, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
            <div key={at} className={bad.has(at + 1) ? 'policy-line-bad' : undefined}>
              {at + 1}
            </div>
          ))}
        </div>
        <textarea
          id={id}
          ref={field}
          value={value}
          rows={Math.max(8, lines.length)}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          aria-invalid={faults.length > 0}
          aria-describedby={`${id}-faults`}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <div id={`${id}-faults`} aria-live="polite">
        {faults.slice(0, 5).map((fault) => (
          <div key={`${fault.line} ${fault.column} ${fault.message}`}>
            <StatusIndicator type="error">
              <Button variant="inline-link" onClick={() => goTo(fault)}>
                {`Line ${fault.line}, column ${fault.column}`}
              </Button>{' '}
              {fault.message}
            </StatusIndicator>
          </div>
        ))}
        {value.trim() !== '' && faults.length === 0 && (
          <StatusIndicator type="success">
            {`Well formed, ${value.replace(/\s/g, '').length} of ${most} characters`}
          </StatusIndicator>
        )}
      </div>
    </SpaceBetween>
  )
}

/** Whether a document may be sent. */
export function isPolicy(text: string, most = MOST_INLINE): boolean {
  return text.trim() !== '' && checkPolicy(text, most).length === 0
}
