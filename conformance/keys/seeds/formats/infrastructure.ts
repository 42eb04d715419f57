/** Terraform, Pulumi, Ansible, Serverless: infrastructure as text. */

import type { Draft, Draw, Format } from '../draft.ts'
import { yamlText } from './containers.ts'

export const infrastructure: readonly Format[] = [
  provider,
  backend,
  variables,
  jsonVariables,
  state,
  heredoc,
  pulumi,
  ansible,
  serverless,
]

function provider(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.key()]
  const gap = chance.pick([' ', '     '])
  const text = `${chance.comment(chance.pick(['#', '//']))}provider "aws" {\n  region${gap}= "${chance.region()}"\n  access_key = "${draw.id(one)}"\n  secret_key = "${one.secretAccessKey}"\n}
provider "aws" {\n  alias = "${chance.word()}" /* ${chance.word()} */\n  secret_key${gap}= "${other.secretAccessKey}"\n  access_key${gap}= "${draw.id(other)}"\n}\n`
  return { kind: 'Terraform provider', path: `${chance.project()}/providers.tf`, text }
}

function backend(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `terraform {\n  backend "s3" {\n    bucket = "${chance.name()}"\n    key    = "${chance.word()}/terraform.tfstate"\n    access_key = "${draw.id(key)}"\n    secret_key = "${key.secretAccessKey}"\n  }\n}\n`
  return { kind: 'Terraform backend', path: `${chance.project()}/backend.tf`, text }
}

function variables(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const first = chance.pick(['aws_', '', `${chance.word()}_`])
  const text = `${chance.comment('#')}${first}access_key${chance.equals()}"${draw.id(key)}"\n${first}secret_key${chance.equals()}"${key.secretAccessKey}"\nregion = "${chance.region()}"\n`
  return {
    kind: 'Terraform variables',
    path: `${chance.project()}/${chance.pick(['terraform', chance.word()])}.tfvars`,
    text,
  }
}

function jsonVariables(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = chance.json({
    aws: { access_key: draw.id(key), secret_key: key.secretAccessKey, region: chance.region() },
    zones: [chance.name(), chance.name()],
  })
  return { kind: 'Terraform variables, JSON', path: `${chance.project()}/${chance.word()}.auto.tfvars.json`, text }
}

function state(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.key()]
  const attributes = {
    create_date: '2021-03-04T05:06:07Z',
    encrypted_secret: null,
    id: draw.id(one),
    secret: one.secretAccessKey,
    ses_smtp_password_v4: chance.bytes(33).toString('base64'),
    status: 'Active',
    user: chance.name(),
  }
  const value = {
    version: 4,
    lineage: chance.uuid(),
    outputs: {
      [`${chance.word()}_id`]: { value: draw.id(other), type: 'string' },
      [`${chance.word()}_secret`]: { value: other.secretAccessKey, type: 'string', sensitive: true },
    },
    resources: [
      {
        mode: 'managed',
        type: 'aws_iam_access_key',
        name: chance.name('_'),
        instances: [{ schema_version: 0, attributes }],
      },
    ],
  }
  // The state is written by a program: members in order, two blanks.
  const text = `${JSON.stringify(value, null, 2)}\n`
  return { kind: 'Terraform state', path: `${chance.project()}/terraform.tfstate`, text, endings: 'lf' }
}

function heredoc(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const word = chance.pick(['EOF', 'EOT', 'SCRIPT'])
  const text = `resource "aws_instance" "${chance.word()}" {\n  ami       = "ami-${chance.hex(17)}"\n  user_data = <<-${word}\n    #!/bin/sh\n    export AWS_ACCESS_KEY_ID=${draw.id(key)}\n    export AWS_SECRET_ACCESS_KEY=${key.secretAccessKey}\n  ${word}\n}\n`
  return { kind: 'Terraform heredoc', path: `${chance.project()}/main.tf`, text }
}

/** The secret is encrypted by Pulumi, the id is not. */
function pulumi(draw: Draw): Draft {
  const { chance } = draw
  const text = `config:\n  aws:region: ${chance.region()}\n  aws:accessKey: ${draw.idAlone(draw.key())}\n  aws:secretKey:\n    secure: v1:${chance.bytes(12).toString('base64')}:${chance.bytes(60).toString('base64')}\n`
  return { kind: 'Pulumi stack', path: `${chance.project()}/Pulumi.${chance.word()}.yaml`, text }
}

function ansible(draw: Draw): Draft {
  const { chance } = draw
  const [one, other] = [draw.key(), draw.former()]
  const text = `---\n${chance.comment('#')}aws_access_key: ${yamlText(draw, draw.id(one))}\naws_secret_key: ${yamlText(draw, one.secretAccessKey)}
buckets:\n  - {name: ${chance.name()}, access_key: "${draw.id(other)}", secret_key: "${other.secretAccessKey}"}\n`
  return { kind: 'Ansible variables', path: `${chance.project()}/group_vars/all.yml`, text }
}

function serverless(draw: Draw): Draft {
  const { chance } = draw
  const key = draw.key()
  const text = `service: ${chance.name()}\nprovider:\n  name: aws\n  environment:\n    UPLOAD_KEY: ${yamlText(draw, draw.id(key))}\n    UPLOAD_SECRET: ${yamlText(draw, key.secretAccessKey)}\nfunctions:\n  ${chance.word()}:\n    handler: index.${chance.word()}\n`
  return { kind: 'Serverless Framework', path: `${chance.project()}/serverless.yml`, text }
}
