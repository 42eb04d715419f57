import { expect, test } from 'vitest'
import type { UserDetails } from '../directory/user.ts'
import type { IdentityStoreId, InstanceArn, UserId } from '../identifiers.ts'
import { attributesForAccessControl, checkAccessControlAttributes } from './access-control-attributes.ts'

const MADE = new Date('2030-01-01T00:00:00Z')

const alice: UserDetails = {
  id: 'user-alice' as UserId,
  identityStoreId: 'd-0123456789' as IdentityStoreId,
  userName: 'alice',
  displayName: 'Alice Anders',
  givenName: 'Alice',
  familyName: 'Anders',
  email: 'alice@example.com',
  status: 'ENABLED',
  createdAt: MADE,
  updatedAt: MADE,
  version: 1,
  profile: {
    nickName: 'Al',
    userType: 'Employee',
    title: 'Engineer',
    locale: 'en-GB',
    timezone: 'Europe/London',
    addresses: [
      { type: 'home', country: 'FR' },
      {
        type: 'work',
        streetAddress: '1 High Street',
        locality: 'York',
        region: 'Yorkshire',
        postalCode: 'YO1 7HH',
        country: 'GB',
        formatted: '1 High Street York',
      },
    ],
    phoneNumbers: [{ type: 'work', value: '+44 1904 000000' }],
    extensions: {
      'aws:identitystore:enterprise': {
        employeeNumber: '701984',
        costCenter: '4130',
        organization: 'Acme',
        division: 'Tools',
        department: 'Platform',
        manager: { value: 'user-bob' },
      },
    },
  },
}

const path = (name: string): string => `\${path:${name}}`

const tagsOf = (sources: Record<string, string>, user = alice) =>
  attributesForAccessControl(
    {
      instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef' as InstanceArn,
      attributes: Object.entries(sources).map(([key, source]) => ({ key, source })),
    },
    user,
  )

test('each attribute of a user that AWS names becomes the value of a tag', () => {
  const expected: Record<string, string> = {
    userName: 'alice',
    'name.familyName': 'Anders',
    'name.givenName': 'Alice',
    displayName: 'Alice Anders',
    nickName: 'Al',
    'emails[primary eq true].value': 'alice@example.com',
    'addresses[type eq "work"].streetAddress': '1 High Street',
    'addresses[type eq "work"].locality': 'York',
    'addresses[type eq "work"].region': 'Yorkshire',
    'addresses[type eq "work"].postalCode': 'YO1 7HH',
    'addresses[type eq "work"].country': 'GB',
    'addresses[type eq "work"].formatted': '1 High Street York',
    'phoneNumbers[type eq "work"].value': '+44 1904 000000',
    userType: 'Employee',
    title: 'Engineer',
    locale: 'en-GB',
    timezone: 'Europe/London',
    'enterprise.employeeNumber': '701984',
    'enterprise.costCenter': '4130',
    'enterprise.organization': 'Acme',
    'enterprise.division': 'Tools',
    'enterprise.department': 'Platform',
    'enterprise.manager.value': 'user-bob',
  }
  for (const [name, value] of Object.entries(expected)) {
    const source = path(name)
    expect(() => checkAccessControlAttributes([{ key: 'Tag', source }], 50)).not.toThrow()
    expect(tagsOf({ Tag: source })).toEqual({ Tag: value })
  }
})

test('a fixed text is a value, and an attribute that the user has not is no tag', () => {
  const { profile: _, ...plain } = alice
  expect(tagsOf({ Company: 'Acme', Title: path('title'), Centre: path('enterprise.costCenter') }, plain)).toEqual({
    Company: 'Acme',
  })
})

test("what STS would not take as a tag, and what is another directory's, is left out", () => {
  expect(tagsOf({ Long: 'x'.repeat(257), Odd: 'a<b', Empty: '', Active: `\${user:givenname}` })).toEqual({})
  expect(attributesForAccessControl(undefined, alice)).toEqual({})
})

test('an unknown attribute, a key given twice and one attribute too many are refused', () => {
  const check = (keys: string[], source = 'x') =>
    checkAccessControlAttributes(
      keys.map((key) => ({ key, source })),
      2,
    )
  expect(() => check(['A'], path('shoeSize'))).toThrow(expect.objectContaining({ code: 'invalid' }))
  expect(() => check(['A'], path('constructor'))).toThrow(expect.objectContaining({ code: 'invalid' }))
  expect(() => check(['A', 'a'])).toThrow(expect.objectContaining({ code: 'invalid' }))
  expect(() => check(['A', 'B', 'C'])).toThrow(expect.objectContaining({ code: 'quota-exceeded' }))
})
