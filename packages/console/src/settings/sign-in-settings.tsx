/** How people sign in, for how long, with which passwords and second factors, and what the portal is called. */
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Toggle from '@cloudscape-design/components/toggle'
import { useState } from 'react'
import { useUnsaved } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { type Choice, ChoiceField, TextArea, TextField } from '../admin/fields.tsx'
import type { Settings } from '../admin/operations/mayfly.ts'

interface PartProps {
  settings: Settings
  onChange(part: Settings): void
}

export function SignInSettings({ before, onChange }: { before: Settings; onChange: () => void }) {
  const [settings, setSettings] = useState(before)
  const [saving, setSaving] = useState(false)
  const changed = changesBetween(before, settings)
  const isChanged = Object.keys(changed).length > 0
  useUnsaved(isChanged)
  const change = (part: Settings) => setSettings({ ...settings, ...part })
  return (
    <SpaceBetween size="l">
      <MfaPart settings={settings} onChange={change} />
      <PasswordPart settings={settings} onChange={change} />
      <SessionPart settings={settings} onChange={change} />
      <PortalPart settings={settings} onChange={change} />
      <SpaceBetween direction="horizontal" size="xs">
        <Button disabled={!isChanged} onClick={() => setSettings(before)}>
          Undo
        </Button>
        <Button variant="primary" disabled={!isChanged || !isValid(settings)} onClick={() => setSaving(true)}>
          Save settings
        </Button>
      </SpaceBetween>
      {saving && (
        <Change
          header="Change the settings?"
          action="Save"
          calls={[prepare('mayfly', 'UpdateSettings', changed)]}
          done="The settings were changed."
          onClose={() => setSaving(false)}
          onDone={onChange}
        >
          {`These change: ${Object.keys(changed).join(', ')}. They count from the next sign-in on.`}
        </Change>
      )}
    </SpaceBetween>
  )
}

function MfaPart({ settings, onChange }: PartProps) {
  const types = settings.MfaTypes ?? []
  const toggle = (type: 'TOTP' | 'WEBAUTHN', on: boolean) =>
    onChange({ MfaTypes: on ? [...types, type] : types.filter((one) => one !== type) })
  return (
    <Container header={<Header variant="h2">Multi-factor authentication</Header>}>
      <SpaceBetween size="l">
        <FormField label="Ask for a second factor">
          <RadioGroup
            value={settings.MfaPrompt ?? null}
            onChange={({ detail }) => onChange({ MfaPrompt: detail.value as NonNullable<Settings['MfaPrompt']> })}
            items={[
              { value: 'ALWAYS_ON', label: 'At every sign-in' },
              {
                value: 'CONTEXT_AWARE',
                label: 'When something is new',
                description: 'Another browser, device or place.',
              },
              { value: 'DISABLED', label: 'Never' },
            ]}
          />
        </FormField>
        <FormField label="If somebody has none yet">
          <RadioGroup
            value={settings.MfaWithoutDevice ?? null}
            onChange={({ detail }) =>
              onChange({ MfaWithoutDevice: detail.value as NonNullable<Settings['MfaWithoutDevice']> })
            }
            items={[
              { value: 'REQUIRE_REGISTRATION', label: 'They register one at sign-in' },
              { value: 'REQUIRE_EMAIL_CODE', label: 'They get a code by email' },
              { value: 'BLOCK_SIGN_IN', label: 'They cannot sign in' },
              { value: 'ALLOW_SIGN_IN', label: 'They sign in without' },
            ]}
          />
        </FormField>
        <FormField label="Which may be used">
          <Checkbox checked={types.includes('TOTP')} onChange={({ detail }) => toggle('TOTP', detail.checked)}>
            Authenticator apps
          </Checkbox>
          <Checkbox checked={types.includes('WEBAUTHN')} onChange={({ detail }) => toggle('WEBAUTHN', detail.checked)}>
            Passkeys and security keys
          </Checkbox>
        </FormField>
        <FormField label="Who adds and removes them">
          <RadioGroup
            value={settings.MfaManagedBy ?? null}
            onChange={({ detail }) => onChange({ MfaManagedBy: detail.value as NonNullable<Settings['MfaManagedBy']> })}
            items={[
              { value: 'USERS', label: 'Everybody their own' },
              { value: 'ADMINISTRATORS', label: 'Administrators only' },
            ]}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  )
}

function PasswordPart({ settings, onChange }: PartProps) {
  return (
    <Container header={<Header variant="h2">Passwords</Header>}>
      <SpaceBetween size="l">
        <ChoiceField
          label="At least as long as"
          value={String(settings.PasswordMinimumLength ?? 8)}
          choices={Array.from({ length: 57 }, (_, at) => ({ value: String(at + 8), label: `${at + 8} characters` }))}
          onChange={(value) => onChange({ PasswordMinimumLength: Number(value) })}
        />
        <Toggle
          checked={settings.PasswordNeedsEveryClass ?? true}
          onChange={({ detail }) => onChange({ PasswordNeedsEveryClass: detail.checked })}
        >
          Lower and upper case, a digit and a symbol in each
        </Toggle>
        <Toggle
          checked={settings.PasswordResetByEmail ?? true}
          onChange={({ detail }) => onChange({ PasswordResetByEmail: detail.checked })}
        >
          “Forgot password” sends a link by email
        </Toggle>
        <Toggle
          checked={settings.EmailCodeForFirstSignIn ?? false}
          onChange={({ detail }) => onChange({ EmailCodeForFirstSignIn: detail.checked })}
        >
          Whoever has no password yet signs in first with a code sent by email
        </Toggle>
      </SpaceBetween>
    </Container>
  )
}

const DURATIONS: readonly Choice[] = [
  ['PT15M', '15 minutes'],
  ['PT1H', '1 hour'],
  ['PT4H', '4 hours'],
  ['PT8H', '8 hours'],
  ['PT12H', '12 hours'],
  ['P1D', '1 day'],
  ['P7D', '7 days'],
  ['P30D', '30 days'],
  ['P90D', '90 days'],
].map(([value = '', label = '']) => ({ value, label }))

function SessionPart({ settings, onChange }: PartProps) {
  const present = settings.SessionDuration ?? 'PT8H'
  const known = DURATIONS.some(({ value }) => value === present)
  return (
    <Container header={<Header variant="h2">Sessions</Header>}>
      <SpaceBetween size="l">
        <ChoiceField
          label="A browser stays signed in for"
          value={present}
          choices={known ? DURATIONS : [{ value: present, label: present }, ...DURATIONS]}
          onChange={(SessionDuration) => onChange({ SessionDuration })}
        />
        <Toggle
          checked={settings.DeviceGrantEnabled ?? true}
          onChange={({ detail }) => onChange({ DeviceGrantEnabled: detail.checked })}
        >
          Programs on other machines may be let in by a code (device authorization)
        </Toggle>
      </SpaceBetween>
    </Container>
  )
}

function PortalPart({ settings, onChange }: PartProps) {
  return (
    <Container header={<Header variant="h2">Access portal</Header>}>
      <SpaceBetween size="l">
        <TextField label="Name" value={settings.PortalName ?? ''} onChange={(PortalName) => onChange({ PortalName })} />
        <TextArea
          label="Other start URLs"
          value={(settings.StartUrlAliases ?? []).join('\n')}
          constraint="One a line. Clients that have one of these configured mean this instance."
          onChange={(text) => onChange({ StartUrlAliases: text === '' ? [] : text.split('\n') })}
        />
      </SpaceBetween>
    </Container>
  )
}

/** The members that differ, as they are now; blank lines of the start URLs are left out. */
function changesBetween(before: Settings, after: Settings): Settings {
  const tidy = (settings: Settings): Settings => ({
    ...settings,
    StartUrlAliases: (settings.StartUrlAliases ?? []).map((line) => line.trim()).filter(Boolean),
  })
  const old = tidy(before) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(tidy(after)).filter(([member, value]) => JSON.stringify(value) !== JSON.stringify(old[member])),
  ) as Settings
}

function isValid({ PortalName, MfaTypes }: Settings): boolean {
  return (PortalName ?? '').trim() !== '' && (MfaTypes ?? []).length > 0
}
