/** Files that the AWS CLI, the SDKs and boto 2 read. */

import type { Draft, Draw, Format } from '../draft.ts'
import type { Key } from '../key.ts'

export const awsFiles: readonly Format[] = [credentials, config, credentialsElsewhere, boto, credentialsOfWindows]

/** One profile as people write it: names of members in any case of order, blanks, comments, what else belongs to it. */
function section(draw: Draw, head: string, key: Key): string {
  const { chance } = draw
  const members = chance.shuffled([
    `aws_access_key_id${chance.equals()}${draw.id(key)}`,
    `aws_secret_access_key${chance.equals()}${key.secretAccessKey}`,
    ...(chance.isLikely(50) ? [`region${chance.equals()}${chance.region()}`] : []),
    ...(chance.isLikely(20)
      ? [`s3 =\n  max_concurrent_requests = ${chance.below(40)}\n  addressing_style = path`]
      : []),
  ])
  const lines = members.map((member) => (chance.isLikely(15) ? `${chance.comment('#')}${member}` : member))
  return `${chance.comment(chance.pick(['#', ';']))}[${head}]\n${lines.join('\n')}\n${chance.isLikely(70) ? '\n' : ''}`
}

function credentials(draw: Draw): Draft {
  const { chance } = draw
  const heads = ['default', chance.name(), chance.name('_'), `${chance.word()} ${chance.word()}`]
  const sections = heads.map((head, at) => section(draw, head, at === 2 ? draw.oldKey() : draw.key()))
  return { kind: 'AWS credentials file', path: '.aws/credentials', text: sections.join(''), encoding: 'maybe-bom' }
}

function config(draw: Draw): Draft {
  const { chance } = draw
  const sso = `[sso-session ${chance.word()}]\nsso_start_url = https://${chance.word()}.awsapps.com/start\nsso_region = eu-west-1\n`
  const text = `${sso}\n${section(draw, `profile ${chance.name()}`, draw.key())}${section(draw, 'default', draw.former())}`
  return { kind: 'AWS config file', path: '.aws/config', text }
}

/** Where AWS_SHARED_CREDENTIALS_FILE points, which nobody has to know to find it. */
function credentialsElsewhere(draw: Draw): Draft {
  const text = section(draw, 'default', draw.key())
  return { kind: 'credentials file elsewhere', path: `${draw.chance.project()}/${draw.chance.word()}.creds`, text }
}

function boto(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.oldKey()
  const quote = chance.pick(['', '"'])
  const text = `${chance.comment('#')}[Credentials]\naws_access_key_id = ${quote}${draw.id(key)}${quote}
aws_secret_access_key = ${quote}${key.secretAccessKey}${quote}\n\n[Boto]\ndebug = 0\nnum_retries = ${chance.below(9)}\n`
  return { kind: 'boto 2', path: '.boto', text }
}

/** Downloaded from the console: a table of one row, which the browser saved as it came. */
function credentialsOfWindows(draw: Draw): Draft {
  const key = draw.key()
  const text = `Access key ID,Secret access key\n${draw.id(key)},${key.secretAccessKey}\n`
  return { kind: 'CSV of the console', path: 'Downloads/rootkey.csv', text, endings: 'crlf', encoding: 'maybe-bom' }
}
