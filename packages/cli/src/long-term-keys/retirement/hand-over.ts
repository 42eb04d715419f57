/** Command lines for somebody else: an administrator who may, whoever looks into CloudTrail, and the scheduler of a system. */

import { before, days } from '@mayfly/identity-center/duration'
import { shellWord } from '../../shared-config/shell-word.ts'
import type { Retirement, Straggler } from './retirement.ts'

type KeyOfUser = Pick<Retirement, 'accessKeyId' | 'userName'>

const command = (...words: readonly string[]): string => words.map((word) => shellWord(word, 'linux')).join(' ')

const keyWords = ({ accessKeyId, userName }: KeyOfUser): readonly string[] => [
  ...(userName === undefined ? [] : ['--user-name', userName]),
  '--access-key-id',
  accessKeyId,
]

export const deactivateCommand = (key: KeyOfUser): string =>
  command('aws', 'iam', 'update-access-key', ...keyWords(key), '--status', 'Inactive')

export const activateCommand = (key: KeyOfUser): string =>
  command('aws', 'iam', 'update-access-key', ...keyWords(key), '--status', 'Active')

export const deleteCommand = (key: KeyOfUser): string => command('aws', 'iam', 'delete-access-key', ...keyWords(key))

/** CloudTrail is asked in the region in which the key was used; of S3's objects and the like it keeps nothing by itself. */
export function lookupCommand(
  { accessKeyId, asProfile, profile }: Retirement,
  { at, region }: Pick<Straggler, 'at' | 'region'>,
): string {
  const where = region ?? profile.region
  return command(
    ...['aws', 'cloudtrail', 'lookup-events'],
    ...['--lookup-attributes', `AttributeKey=AccessKeyId,AttributeValue=${accessKeyId}`],
    ...[
      '--start-time',
      before(at, days(1))
        .toISOString()
        .replace(/\.\d+Z$/, 'Z'),
    ],
    ...(where === undefined ? [] : ['--region', where]),
    ...['--profile', asProfile],
  )
}
