/** What stands where a key should be put: placeholders, references to variables, nothing. */

import type { Draft, Draw } from '../draft.ts'

const IDS = [
  `AKIA${'X'.repeat(16)}`,
  `AKIA${'0'.repeat(16)}`,
  `AKIA${'A'.repeat(16)}`,
  `AKIA${'Z'.repeat(16)}`,
  `${'AK'}IAABCDEFGHIJKLMNOP`,
  `AKIA${'1234567890123456'}`,
  `AKIA${'ABCD'.repeat(4)}`,
  `AKIA${'*'.repeat(16)}`,
  'AKIA................',
  'AKIA...',
  '<your-access-key>',
  'YOUR_ACCESS_KEY_ID',
  'your-access-key-id-here',
  `\${AWS_ACCESS_KEY_ID}`,
  '$AWS_ACCESS_KEY_ID',
  '%AWS_ACCESS_KEY_ID%',
  'changeme',
  'minioadmin',
  'test',
  'None',
  '""',
  '',
]
const SECRETS = [
  'x'.repeat(40),
  '*'.repeat(40),
  'A'.repeat(40),
  '0'.repeat(40),
  'YOUR_SECRET_ACCESS_KEY_GOES_RIGHT_HERE_X',
  '1234567890123456789012345678901234567890',
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN',
  'abcdABCD'.repeat(5),
  '<your-secret-key>',
  `\${AWS_SECRET_ACCESS_KEY}`,
  '$AWS_SECRET_ACCESS_KEY',
  'changeme',
  '',
]

export function placeholders(draw: Draw): Draft[] {
  const { chance } = draw
  const why = { why: 'a placeholder' }
  const environment = (names: readonly [string, string], id: string, secret: string): string =>
    chance.shuffled([`${names[0]}=${draw.mark(why, id)}\n`, `${names[1]}=${secret}\n`]).join('')
  const pairs = IDS.map((id) => environment(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'], id, chance.pick(SECRETS)))
  const secrets = SECRETS.map((secret) => `aws_secret_access_key = ${draw.mark(why, secret)}\n`)
  const yaml = IDS.slice(0, 7).map(
    (id) => `  - access_key: ${draw.mark(why, id)}\n    secret_key: ${chance.pick(SECRETS.slice(0, 8))}\n`,
  )
  return [
    { kind: 'placeholders', path: `${chance.project()}/.env.template`, text: pairs.slice(0, 11).join('') },
    { kind: 'placeholders', path: `${chance.project()}/.env.test`, text: pairs.slice(11).join('') },
    { kind: 'placeholders', path: `${chance.project()}/credentials.template`, text: `[default]\n${secrets.join('')}` },
    { kind: 'placeholders', path: `${chance.project()}/values.yaml`, text: `keys:\n${yaml.join('')}` },
  ]
}
