/** The fields that forms of the admin console ask with. */
import FormField from '@cloudscape-design/components/form-field'
import Input, { type InputProps } from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import Textarea from '@cloudscape-design/components/textarea'

interface Props {
  label: string
  value: string
  onChange(value: string): void
  description?: string
  /** Shown below: what may be entered. */
  constraint?: string
  error?: string | undefined
  optional?: boolean
  disabled?: boolean
}

function frameOf({ label, description, constraint, error, optional }: Props) {
  return {
    label: optional ? `${label} (optional)` : label,
    ...(description ? { description } : {}),
    ...(constraint ? { constraintText: constraint } : {}),
    ...(error ? { errorText: error } : {}),
  }
}

/** A line of text. */
export function TextField(props: Props & { type?: InputProps.Type; placeholder?: string; autoFocus?: boolean }) {
  const { value, onChange, disabled = false, type = 'text', placeholder, autoFocus = false } = props
  return (
    <FormField {...frameOf(props)}>
      <Input
        value={value}
        type={type}
        disabled={disabled}
        autoFocus={autoFocus}
        autoComplete={false}
        {...(placeholder ? { placeholder } : {})}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}

/** Several lines of text. */
export function TextArea(props: Props & { rows?: number; placeholder?: string }) {
  const { value, onChange, rows = 3, placeholder } = props
  return (
    <FormField {...frameOf(props)} stretch>
      <Textarea
        value={value}
        rows={rows}
        {...(placeholder ? { placeholder } : {})}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}

export interface Choice {
  value: string
  label: string
  description?: string
}

/** One of a few. */
export function ChoiceField(props: Props & { choices: readonly Choice[]; placeholder?: string }) {
  const { value, onChange, choices, placeholder, disabled = false } = props
  const chosen = choices.find((choice) => choice.value === value)
  return (
    <FormField {...frameOf(props)}>
      <Select
        selectedOption={chosen ?? null}
        options={choices}
        disabled={disabled}
        {...(choices.length > 12 ? { filteringType: 'auto' as const, virtualScroll: true } : {})}
        {...(placeholder ? { placeholder } : {})}
        empty="Nothing to choose"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  )
}
