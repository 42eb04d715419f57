/** Secrets that are encrypted, or that are only referred to. */

import type { Draft, Draw } from '../draft.ts'

export function encrypted(draw: Draw): Draft[] {
  const { chance } = draw
  const base64 = (bytes: number): string => chance.bytes(bytes).toString('base64')
  const sealed = (bytes: number): string =>
    `ENC[AES256_GCM,data:${draw.mark({ why: 'encrypted by sops' }, base64(bytes))},iv:${base64(32)},tag:${base64(16)},type:str]`
  const vault = (): string => {
    const lines = Array.from({ length: 6 }, () => `          ${chance.hex(80)}`)
    return `!vault |\n          $ANSIBLE_VAULT;1.1;AES256\n${draw.mark({ why: 'encrypted by Ansible Vault' }, lines.join('\n'))}\n`
  }
  const crypt = draw.mark(
    { why: 'encrypted by git-crypt' },
    `\0GITCRYPT\0${chance.letters('\u0001\u0007abcXYZ019+/', 90)}`,
  )
  const kubeseal = draw.mark({ why: 'encrypted by sealed-secrets' }, `AgB${base64(300)}`)
  const age = draw.mark({ why: 'encrypted by age' }, base64(48))
  const secure = draw.mark({ why: 'encrypted by Travis CI' }, base64(256))
  const files: [string, string][] = [
    [
      'secrets.enc.yaml',
      `aws_access_key_id: ${sealed(20)}\naws_secret_access_key: ${sealed(40)}\nsops:\n  version: 3.8.1\n`,
    ],
    ['secrets.enc.env', `AWS_ACCESS_KEY_ID=${sealed(20)}\nAWS_SECRET_ACCESS_KEY=${sealed(30)}\nsops_version=3.8.1\n`],
    ['group_vars/vault.yml', `aws_access_key: ${vault()}aws_secret_key: ${vault()}`],
    ['.env.crypt', `${crypt}\n`],
    ['sealed.yaml', `kind: SealedSecret\nspec:\n  encryptedData:\n    AWS_SECRET_ACCESS_KEY: ${kubeseal}\n`],
    ['secret.age', `age-encryption.org/v1\n-> X25519 ${age}\n${base64(30)}\n--- ${base64(32)}\n`],
    ['.travis.yml', `env:\n  global:\n    - secure: "${secure}"\n`],
    ...references(draw),
  ]
  return files.map(([name, text]) => ({ kind: 'encrypted', path: `${chance.project()}/${name}`, text }))
}

function references(draw: Draw): [string, string][] {
  const { chance } = draw
  const to = (text: string): string => draw.mark({ why: 'a reference' }, text)
  return [
    [
      'template.yaml',
      `AccessKey: !Ref ${to('DeployUserAccessKey')}\nSecret: !GetAtt ${to('DeployUserAccessKey.SecretAccessKey')}\n`,
    ],
    ['stack.json', `{"SecretKey":"${to(`{{resolve:secretsmanager:${chance.name()}:SecretString:secret_key}}`)}"}\n`],
    [
      'deploy.yml',
      `with:\n  aws-access-key-id: ${to('$' + '{{ secrets.AWS_ACCESS_KEY_ID }}')}\n  aws-secret-access-key: ${to('$' + '{{ secrets.AWS_SECRET_ACCESS_KEY }}')}\n`,
    ],
    [
      'vault.env',
      `AWS_ACCESS_KEY_ID=${to(`vault:secret/data/${chance.word()}#access_key`)}\nAWS_SECRET_ACCESS_KEY=${to(`op://${chance.word()}/aws/secret_access_key`)}\n`,
    ],
    [
      'main.tf',
      `provider "aws" {\n  access_key = ${to('var.access_key')}\n  secret_key = ${to('data.vault_generic_secret.aws.data["secret_key"]')}\n}\n`,
    ],
    [
      'app.js',
      `const id = ${to('process.env.AWS_ACCESS_KEY_ID')}\nconst secretAccessKey = ${to('config.get("aws.secretAccessKey")')}\n`,
    ],
    [
      'values.yaml',
      `accessKey:\n  valueFrom: {secretKeyRef: {name: ${to(chance.name())}, key: aws_secret_access_key}}\n`,
    ],
    [
      'config',
      `[profile ${chance.word()}]\ncredential_process = ${to(`/usr/local/bin/${chance.name()} get --secret-access-key`)}\n`,
    ],
  ]
}
