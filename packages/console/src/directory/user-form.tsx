/** The fields of a user: those that every user needs, and the others folded away. */
import ColumnLayout from '@cloudscape-design/components/column-layout'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { TextField } from '../admin/fields.tsx'
import type { UserField, UserFields } from './attributes.ts'

interface Props {
  fields: UserFields
  onChange(fields: UserFields): void
}

export function UserForm({ fields, onChange }: Props) {
  const field = (label: string, name: UserField, more: { optional?: boolean; constraint?: string } = {}) => (
    <TextField
      key={name}
      label={label}
      value={fields[name]}
      onChange={(value) => onChange({ ...fields, [name]: value })}
      {...more}
    />
  )
  const names = (change: Partial<UserFields>) => {
    const next = { ...fields, ...change }
    const made = (one: UserFields) => `${one.givenName} ${one.familyName}`.trim()
    onChange(fields.displayName === made(fields) ? { ...next, displayName: made(next) } : next)
  }
  return (
    <SpaceBetween size="l">
      <ColumnLayout columns={2}>
        {field('User name', 'userName', {
          constraint: 'Up to 128 characters, without blanks. People sign in with it.',
        })}
        {field('Email address', 'email', { optional: true })}
        <TextField label="First name" value={fields.givenName} onChange={(givenName) => names({ givenName })} />
        <TextField label="Last name" value={fields.familyName} onChange={(familyName) => names({ familyName })} />
        {field('Display name', 'displayName')}
      </ColumnLayout>
      <ExpandableSection headerText="Contact, job and preferences">
        <ColumnLayout columns={2}>
          {field('Title', 'title', { optional: true })}
          {field('Employee number', 'employeeNumber', { optional: true })}
          {field('Department', 'department', { optional: true })}
          {field('Division', 'division', { optional: true })}
          {field('Organization', 'organization', { optional: true })}
          {field('Cost center', 'costCenter', { optional: true })}
          {field('Kind of user', 'userType', { optional: true })}
          {field('Nickname', 'nickName', { optional: true })}
          {field('Phone number', 'phone', { optional: true })}
          {field('Street address', 'streetAddress', { optional: true })}
          {field('City', 'locality', { optional: true })}
          {field('Region', 'region', { optional: true })}
          {field('Postal code', 'postalCode', { optional: true })}
          {field('Country', 'country', { optional: true })}
          {field('Preferred language', 'preferredLanguage', { optional: true })}
          {field('Locale', 'locale', { optional: true })}
          {field('Time zone', 'timezone', { optional: true })}
          {field('Profile URL', 'profileUrl', { optional: true })}
          {field('Website', 'website', { optional: true })}
        </ColumnLayout>
      </ExpandableSection>
    </SpaceBetween>
  )
}

/** Whether all that every user needs is there. */
export function isComplete(fields: UserFields): boolean {
  return [fields.userName, fields.givenName, fields.familyName, fields.displayName].every((text) => text.trim() !== '')
}
