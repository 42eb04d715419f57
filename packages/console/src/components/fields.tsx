/** The two kinds of fields that the security page asks with. */
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'

interface Props {
  label: string
  value: string
  error?: string
  description?: string
  onChange(value: string): void
}

/** A password. */
export function SecretField(props: Props & { autoComplete: 'current-password' | 'new-password' }) {
  const { label, value, error, description, onChange, autoComplete } = props
  return (
    <FormField
      label={label}
      {...(error ? { errorText: error } : {})}
      {...(description ? { description } : {})}
      i18nStrings={{ errorIconAriaLabel: 'Error' }}
    >
      <Input
        type="password"
        value={value}
        autoComplete={autoComplete}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  )
}

/** A six-digit code of an authenticator app. What is pasted with a blank in it is taken without. */
export function CodeField({ label, value, error, description, onChange }: Props) {
  return (
    <FormField
      label={label}
      {...(error ? { errorText: error } : {})}
      {...(description ? { description } : {})}
      i18nStrings={{ errorIconAriaLabel: 'Error' }}
    >
      <Input
        value={value}
        inputMode="numeric"
        autoComplete="one-time-code"
        onChange={({ detail }) => onChange(detail.value.replace(/\D/g, '').slice(0, 6))}
      />
    </FormField>
  )
}

/** Whether a code field is filled. */
export function isCode(text: string): boolean {
  return /^\d{6}$/.test(text)
}
