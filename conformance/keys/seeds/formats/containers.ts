/** Files of environments, containers and clusters. */

import type { Draft, Draw, Format } from '../draft.ts'

export const containers: readonly Format[] = [
  dotenv,
  dotenvProduction,
  secretOnly,
  envrc,
  dockerfile,
  composeMap,
  composeList,
  composeSecret,
  secretData,
  secretStringData,
  kubeconfig,
  helmValues,
]

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** A scalar of YAML in one of its styles. */
export function yamlText({ chance }: Draw, text: string): string {
  return chance.pick([text, `'${text}'`, `"${text}"`, `${text} # ${chance.word()}`])
}

function dotenv(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const lines = chance.shuffled([
    `${chance.pick(['', 'export '])}AWS_ACCESS_KEY_ID${chance.pick(['=', ' = '])}${chance.quoted(draw.id(key))}`,
    `AWS_SECRET_ACCESS_KEY=${chance.quoted(key.secretAccessKey)}`,
    `DATABASE_URL=postgres://${chance.word()}:${chance.hex(12)}@localhost/${chance.word()}`,
    `${chance.comment('#')}PORT=${3000 + chance.below(999)}`,
  ])
  return { kind: '.env', path: `${chance.project()}/.env`, text: `${lines.join('\n')}\n`, encoding: 'maybe-bom' }
}

/** Under other names than AWS's own. */
function dotenvProduction(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const first = chance.pick(['S3_', 'SES_', 'BACKUP_', 'VITE_AWS_', 'SNS_'])
  const [id, secret] = chance.pick([
    ['ACCESS_KEY', 'SECRET_KEY'],
    ['KEY', 'SECRET'],
    ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'],
  ] as const)
  const text = `${chance.comment('#')}${first}${id}=${draw.id(key)}\n${first}REGION=${chance.region()}\n${first}${secret}=${chance.quoted(key.secretAccessKey, ['"', "'"])}\n`
  return { kind: '.env.production', path: `${chance.project()}/.env.production`, text }
}

function secretOnly(draw: Draw): Draft {
  const text = `# the id is in the pipeline\nAWS_SECRET_ACCESS_KEY=${draw.secretAlone(draw.key())}\n`
  return { kind: 'secret alone in .env.local', path: `${draw.chance.project()}/.env.local`, text }
}

function envrc(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `use flake\n${chance.comment('#')}export AWS_ACCESS_KEY_ID="\${AWS_ACCESS_KEY_ID:-${draw.id(key)}}"\nexport AWS_SECRET_ACCESS_KEY="\${AWS_SECRET_ACCESS_KEY:-${key.secretAccessKey}}"\n`
  return { kind: 'direnv', path: `${chance.project()}/.envrc`, text, endings: 'lf' }
}

function dockerfile(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.key()]
  const text = `FROM alpine:3.${chance.below(22)}\nARG AWS_ACCESS_KEY_ID=${draw.id(one)}\nARG AWS_SECRET_ACCESS_KEY=${chance.quoted(one.secretAccessKey)}
${chance.comment('#')}ENV AWS_ACCESS_KEY_ID ${draw.id(other)}\nENV AWS_REGION=${chance.region()} \\\n    AWS_SECRET_ACCESS_KEY=${other.secretAccessKey}\nCMD ["sh"]\n`
  return { kind: 'Dockerfile', path: `${chance.project()}/Dockerfile${chance.pick(['', '.prod'])}`, text }
}

const service = ({ chance }: Draw, environment: string): string =>
  `services:\n  ${chance.name()}:\n    image: ${chance.word()}:${chance.below(9)}\n    environment:\n${environment}    ports: ["80:80"]\n`

function composeMap(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const lines = chance.shuffled([
    `      AWS_ACCESS_KEY_ID: ${yamlText(draw, draw.id(key))}\n`,
    `      AWS_SECRET_ACCESS_KEY: ${yamlText(draw, key.secretAccessKey)}\n`,
    `      DEBUG: "1"\n`,
  ])
  return { kind: 'Compose, map', path: `${chance.project()}/docker-compose.yml`, text: service(draw, lines.join('')) }
}

function composeList(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const quote = chance.pick(['', '"', "'"])
  const lines = `      - ${quote}AWS_ACCESS_KEY_ID=${draw.id(key)}${quote}\n      - ${quote}AWS_SECRET_ACCESS_KEY=${key.secretAccessKey}${quote}\n`
  return { kind: 'Compose, list', path: `${chance.project()}/compose.yaml`, text: service(draw, lines) }
}

/** A file of its own that Compose mounts; only its name tells what it is. */
function composeSecret(draw: Draw): Draft {
  const path = `${draw.chance.project()}/secrets/aws_secret_access_key${draw.chance.pick(['', '.txt'])}`
  return { kind: 'secret in a file of its own', path, text: `${draw.secretAlone(draw.key())}\n` }
}

const manifest = ({ chance }: Draw, members: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${chance.name()}\n  namespace: ${chance.word()}\ntype: Opaque\n${members}`

function secretData(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.key()]
  const file = `[default]\naws_access_key_id=${other.accessKeyId}\naws_secret_access_key=${other.secretAccessKey}\n`
  const first = manifest(
    draw,
    `data:\n  ${chance.pick(['AWS_ACCESS_KEY_ID', 'access-key', 'awsAccessKeyId'])}: ${draw.id(one, base64(one.accessKeyId))}\n  ${chance.pick(['AWS_SECRET_ACCESS_KEY', 'secret-key'])}: ${base64(one.secretAccessKey)}\n`,
  )
  const text = `${first}---\n${manifest(draw, `data:\n  cloud: ${draw.id(other, base64(file))}\n`)}`
  return { kind: 'Kubernetes Secret, base64', path: `${chance.project()}/k8s/secret.yaml`, text }
}

function secretStringData(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const members = chance.pick([
    `stringData:\n  access_key: ${yamlText(draw, draw.id(key))}\n  secret_key: ${yamlText(draw, key.secretAccessKey)}\n`,
    `stringData:\n  credentials: |-\n    [default]\n    aws_access_key_id = ${draw.id(key)}\n    aws_secret_access_key = ${key.secretAccessKey}\n`,
    `stringData:\n  id: >-\n    ${draw.id(key)}\n  secret: >-\n    ${key.secretAccessKey}\n`,
  ])
  return {
    kind: 'Kubernetes Secret, plain',
    path: `${chance.project()}/${chance.word()}.yml`,
    text: manifest(draw, members),
  }
}

function kubeconfig(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `apiVersion: v1\nkind: Config\nusers:\n- name: ${chance.name()}\n  user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1beta1\n      command: aws\n      args: [eks, get-token, --cluster-name, ${chance.name()}]\n      env:\n      - name: AWS_ACCESS_KEY_ID\n        value: ${yamlText(draw, draw.id(key))}\n      - name: AWS_SECRET_ACCESS_KEY\n        value: ${yamlText(draw, key.secretAccessKey)}\n`
  return { kind: 'kubeconfig', path: '.kube/config', text, endings: 'lf', mode: 0o600 }
}

function helmValues(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `${chance.comment('#')}replicas: 2\nstorage:\n  s3: {bucket: ${chance.name()}, accessKey: ${draw.id(key)}, secretKey: "${key.secretAccessKey}"}\n`
  return { kind: 'Helm values', path: `${chance.project()}/values-${chance.word()}.yaml`, text }
}
