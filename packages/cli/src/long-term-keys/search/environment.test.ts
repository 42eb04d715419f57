/** Long-term keys in an environment. */

import { expect, test } from 'vitest'
import { detectKeys } from '../detection/detect-keys.ts'
import { keyId, secretOf } from '../detection/testing/made-keys.ts'
import { searchEnvironment } from './environment.ts'

const find = (env: Readonly<Record<string, string | undefined>>) =>
  searchEnvironment(env, detectKeys).map(({ accessKeyId, secret, place, uses }) => ({
    id: accessKeyId,
    secret: secret?.reveal(),
    variable: place.type === 'environment' ? place.variable : '',
    uses,
  }))

const [ONE, TWO] = [keyId('123456789012', 1), keyId('123456789012', 2)]

test('the two variables of a key are one finding, and a key of another name is another one', () => {
  const env = {
    AWS_SECRET_ACCESS_KEY: secretOf(1),
    AWS_PROFILE: 'dev',
    AWS_ACCESS_KEY_ID: ONE,
    STAGING_AWS_ACCESS_KEY_ID: TWO,
    STAGING_AWS_SECRET_ACCESS_KEY: secretOf(2),
    PATH: '/usr/bin',
    EMPTY: undefined,
  }
  expect(find(env)).toEqual([
    {
      id: ONE,
      secret: secretOf(1),
      variable: 'AWS_ACCESS_KEY_ID',
      uses: [{ tool: 'AWS CLI and SDKs', note: 'wins over AWS_PROFILE=dev in most tools' }],
    },
    { id: TWO, secret: secretOf(2), variable: 'STAGING_AWS_ACCESS_KEY_ID', uses: [] },
  ])
})

test('a variable that holds a key inside is named; tools are known by the names of theirs', () => {
  const env = {
    CONFIG: JSON.stringify({ accessKeyId: ONE, secretAccessKey: secretOf(1) }),
    TF_VAR_access_key: TWO,
    RCLONE_CONFIG_BACKUP_ACCESS_KEY_ID: keyId('123456789012', 3),
  }
  expect(find(env).map(({ variable, uses }) => [variable, uses[0]?.tool, uses[0]?.name])).toEqual([
    ['CONFIG', undefined, undefined],
    ['RCLONE_CONFIG_BACKUP_ACCESS_KEY_ID', 'rclone', 'backup'],
    ['TF_VAR_access_key', 'Terraform', 'access_key'],
  ])
})

test('role credentials and the like are none', () => {
  expect(find({ AWS_ACCESS_KEY_ID: ONE.replace('AKIA', 'ASIA'), AWS_SESSION_TOKEN: 'x'.repeat(200) })).toEqual([])
})
