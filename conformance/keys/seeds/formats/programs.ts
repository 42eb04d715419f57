/** Sources, settings and notes of programs. */

import type { Draft, Draw, Format } from '../draft.ts'
import { yamlText } from './containers.ts'

export const programs: readonly Format[] = [
  rails,
  php,
  python,
  javascript,
  javaProperties,
  appsettings,
  notebook,
  toml,
  celery,
  mbox,
]

function rails(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `amazon:\n  service: S3\n  access_key_id: ${yamlText(draw, draw.id(key))}\n  secret_access_key: ${yamlText(draw, key.secretAccessKey)}\n  bucket: ${chance.name()}-<%= Rails.env %>\n`
  return { kind: 'Rails storage.yml', path: `${chance.project()}/config/storage.yml`, text }
}

function php(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = chance.pick([
    `<?php\ndefine('AS3CF_SETTINGS', serialize(array(\n    'provider' => 'aws',\n    'access-key-id' => '${draw.id(key)}',\n    'secret-access-key' => '${key.secretAccessKey}',\n)));\n`,
    `<?php\nreturn ['s3' => ['key' => env('AWS_KEY', "${draw.id(key)}"), 'secret' => env('AWS_SECRET', "${key.secretAccessKey}")]];\n`,
  ])
  return { kind: 'PHP settings', path: `${chance.project()}/${chance.pick(['wp-config', 'config'])}.php`, text }
}

function python(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = chance.pick([
    `import boto3\n\n\ndef ${chance.word()}():\n    return boto3.client(\n        "s3",\n        aws_access_key_id='${draw.id(key)}',\n        aws_secret_access_key='${key.secretAccessKey}',\n    )\n`,
    `ACCESS_KEY = "${draw.id(key)}"\nSECRET_KEY: str = "${key.secretAccessKey}"\n`,
    `CONFIG = {'aws_secret_access_key': r'${key.secretAccessKey}', 'aws_access_key_id': u'${draw.id(key)}'}\n`,
  ])
  return {
    kind: 'Python source',
    path: `${chance.project()}/${chance.name('_')}.py`,
    text: `${chance.comment('#')}${text}`,
  }
}

function javascript(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const quote = chance.pick(["'", '"', '`'])
  const text = `import { S3Client } from '@aws-sdk/client-s3'\n${chance.comment('//')}export const ${chance.word()} = new S3Client({\n  region: '${chance.region()}',\n  credentials: { accessKeyId: ${quote}${draw.id(key)}${quote}, secretAccessKey: ${quote}${key.secretAccessKey}${quote} },\n})\n`
  return {
    kind: 'JavaScript source',
    path: `${chance.project()}/${chance.name()}.${chance.pick(['js', 'ts', 'mjs'])}`,
    text,
  }
}

function javaProperties(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const [id, secret] = chance.pick([
    ['accessKey', 'secretKey'],
    ['cloud.aws.credentials.access-key', 'cloud.aws.credentials.secret-key'],
    ['aws.accessKeyId', 'aws.secretAccessKey'],
  ] as const)
  const text = `${chance.comment('!')}${secret}${chance.equals()}${key.secretAccessKey}\n${id}${chance.equals()}${draw.id(key)}\n`
  const path = `${chance.project()}/src/main/resources/${chance.pick(['application', 'AwsCredentials'])}.properties`
  return { kind: 'Java properties', path, text }
}

function appsettings(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = chance.json({
    Logging: { LogLevel: { Default: 'Information' } },
    AWS: { AccessKey: draw.id(key), SecretKey: key.secretAccessKey, Region: chance.region() },
  })
  return { kind: 'C# appsettings', path: `${chance.project()}/appsettings.json`, text, encoding: 'maybe-bom' }
}

/** A cell is an array of lines, each a JSON string. */
function notebook(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const source = [
    'import os\n',
    `os.environ["AWS_ACCESS_KEY_ID"] = "${draw.id(key)}"\n`,
    `os.environ["AWS_SECRET_ACCESS_KEY"] = "${key.secretAccessKey}"`,
  ]
  const cells = [{ cell_type: 'code', execution_count: 1, metadata: {}, outputs: [], source }]
  const text = `${JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`
  return { kind: 'Jupyter notebook', path: `${chance.project()}/${chance.name('_')}.ipynb`, text, endings: 'lf' }
}

function toml(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const quote = chance.pick(['"', "'", '"""'])
  const text = `title = "${chance.word()}"\n\n[${chance.word()}.s3]\naccess_key = ${quote}${draw.id(key)}${quote}\nsecret_key${chance.equals()}${quote}${key.secretAccessKey}${quote} # ${chance.word()}\n`
  return { kind: 'TOML settings', path: `${chance.project()}/config.toml`, text }
}

/** A broker's address, and the same key once more in an Athena address. */
function celery(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const user = (): string => `${draw.id(key)}:${encodeURIComponent(key.secretAccessKey)}`
  const text = `${chance.comment('#')}broker_url = 'sqs://${user()}@'\nDATABASE = "awsathena+rest://${user()}@athena.${chance.region()}.amazonaws.com:443/${chance.word()}"\n`
  return { kind: 'connection string', path: `${chance.project()}/celeryconfig.py`, text }
}

/** Quoted in an answer; quoted-printable is not used here. */
function mbox(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `From ${chance.word()}@example.com Tue Mar  4 05:06:07 2025\nFrom: ${chance.word()} <${chance.word()}@example.com>\nSubject: your keys\nContent-Type: text/plain; charset=utf-8\n\nHi,\n\n> Access key: ${draw.id(key)}\n> Secret: ${key.secretAccessKey}\n\nBye\n`
  return { kind: 'mail', path: `Mail/${chance.word()}.mbox`, text }
}
