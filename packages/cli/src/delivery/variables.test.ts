import { expect, test } from 'vitest'
import {
  applyVariables,
  createVariables,
  findOuterProfile,
  listOwnVariables,
  withoutOuterSettings,
} from './variables.ts'

const KEYS = {
  accessKeyId: 'ASIA1',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  expiration: new Date('2026-11-21T02:29:33Z'),
}

test('a program gets keys and region, and none of the variables that lead elsewhere', () => {
  const variables = createVariables({ access: KEYS, region: 'eu-west-1', profileName: 'prod' })
  const env = applyVariables(
    {
      PATH: '/bin',
      AWS_PROFILE: 'other',
      AWS_SECURITY_TOKEN: 'old',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1',
      AWS_PAGER: '',
    },
    variables,
    'linux',
  )
  expect(env).toEqual({
    PATH: '/bin',
    AWS_PAGER: '',
    AWS_ACCESS_KEY_ID: 'ASIA1',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'token',
    AWS_CREDENTIAL_EXPIRATION: '2026-11-21T02:29:33+00:00',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    MAYFLY_PROFILE: 'prod',
    MAYFLY_ALSO_SET: 'AWS_REGION=eu-west-1&AWS_DEFAULT_REGION=eu-west-1',
  })
})

test('long-term keys bring no token, so that a former one does not stay beside them', () => {
  const variables = createVariables({ access: { accessKeyId: 'AKIA', secretAccessKey: 's' } })
  expect(applyVariables({ AWS_SESSION_TOKEN: 'old' }, variables, 'linux')).toEqual({
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: 's',
  })
})

test('Windows takes aws_profile for AWS_PROFILE', () => {
  const variables = createVariables({ access: KEYS })
  expect(applyVariables({ aws_profile: 'x', Path: 'C:\\' }, variables, 'win32')).not.toHaveProperty('aws_profile')
  expect(applyVariables({ aws_profile: 'x' }, variables, 'linux')).toHaveProperty('aws_profile', 'x')
})

test('an inner program does not take the settings of the outer profile for the words of the person', () => {
  const settings = { AWS_ENDPOINT_URL: 'https://a.example/?x=1&y' }
  const outer = applyVariables(
    { HOME: '/h' },
    createVariables({ access: KEYS, region: 'us-east-1', settings, profileName: 'dev' }),
    'linux',
  )
  const inner = withoutOuterSettings({ ...outer, AWS_REGION: 'eu-west-1' })
  expect(inner).toMatchObject({ HOME: '/h', AWS_REGION: 'eu-west-1' })
  expect(inner).not.toHaveProperty('AWS_DEFAULT_REGION')
  expect(inner).not.toHaveProperty('AWS_ENDPOINT_URL')
  expect(listOwnVariables(outer)).toContain('AWS_ENDPOINT_URL')
})

test('what others write into our variable takes nothing of theirs away', () => {
  expect(withoutOuterSettings({ PATH: '/bin', MAYFLY_ALSO_SET: 'PATH=/bin&HOME' })).toHaveProperty('PATH', '/bin')
})

test('without a typed profile an inner program goes on with the outer one, unless AWS_PROFILE says another', () => {
  expect(findOuterProfile({})).toBeUndefined()
  expect(findOuterProfile({ AWS_PROFILE: 'a' })).toBeUndefined()
  expect(findOuterProfile({ MAYFLY_PROFILE: 'dev', AWS_ACCESS_KEY_ID: 'ASIA1' })).toBe('dev')
  expect(findOuterProfile({ MAYFLY_PROFILE: 'dev', AWS_PROFILE: 'prod' })).toBe('prod')
})
