/** Digests: what is 32, 40 or 64 characters long and lies near the word secret. */

import type { Draft, Draw } from '../draft.ts'

export function hashes(draw: Draw): Draft[] {
  const { chance } = draw
  const sha1 = (): string => draw.mark({ why: 'a SHA-1 in hex' }, chance.hex(40))
  const md5 = (): string => draw.mark({ why: 'an MD5 in hex' }, chance.hex(32))
  const sha256 = (): string => draw.mark({ why: 'a SHA-256 in hex' }, chance.hex(64))
  const object = (): string => draw.mark({ why: 'a Git object' }, chance.hex(40))
  const integrity = (bytes: number, name: string): string =>
    `${name}-${draw.mark({ why: `an integrity ${name}` }, chance.bytes(bytes).toString('base64'))}`
  const files: [string, string][] = [
    ['checksums.txt', `${sha1()}  secret.zip\n${sha256()}  aws_secret_access_key.txt.gpg\n${md5()}  access_key.pdf\n`],
    ['secrets.lock', `secret_sha1: ${sha1()}\nsecret_key_fingerprint = ${sha1()}\naws_secret_hash=${sha1()}\n`],
    [
      'CHANGELOG.md',
      `- remove the secret access key (${object()})\n- rotate secrets ${object()}\n- secret: see commit ${object()}\n`,
    ],
    ['.git-rewritten', `${object()} ${object()} refs/heads/aws-secret\n${object()} refs/stash secret\n`],
    [
      'package-lock.json',
      `{"packages":{"node_modules/secret-key":{"integrity":"${integrity(64, 'sha512')}"},"node_modules/aws-keys":{"integrity":"${integrity(20, 'sha1')}"},"node_modules/a":{"integrity":"${integrity(30, 'sha240')}"}}}\n`,
    ],
    [
      'yarn.lock',
      `"secret-key@^1.0.0":\n  resolved "https://registry.yarnpkg.com/secret-key/-/secret-key-1.0.0.tgz#${sha1()}"\n  integrity ${integrity(48, 'sha384')}\n`,
    ],
    [
      'Pipfile.lock',
      `{"_meta":{"hash":{"sha256":"${sha256()}"}},"default":{"boto3":{"hashes":["sha256:${sha256()}"]}}}\n`,
    ],
    [
      'go.sum',
      `github.com/aws/aws-sdk-go v1.44.0 h1:${draw.mark({ why: 'a digest of a Go module' }, chance.bytes(32).toString('base64'))}\n`,
    ],
    ['images.txt', `aws-secret-operator@sha256:${sha256()}\nsecrets-store@sha256:${sha256()}\n`],
    ['s3-inventory.csv', `secret.txt,"${md5()}",STANDARD\nkeys/secret_access_key,"${md5()}-4",GLACIER\n`],
    ['Cargo.lock', `[[package]]\nname = "aws-credential"\nchecksum = "${sha256()}"\n`],
    [
      '.terraform.lock.hcl',
      `provider "registry.terraform.io/hashicorp/aws" {\n  hashes = [\n    "h1:${draw.mark({ why: 'a digest of a provider' }, chance.bytes(32).toString('base64'))}",\n    "zh:${sha256()}",\n  ]\n}\n`,
    ],
    ['webhook.json', `{"secret_signature":"sha1=${sha1()}","secret_id":"${sha1()}"}\n`],
  ]
  return files.map(([name, text]) => ({ kind: 'digests', path: `${chance.project()}/${name}`, text }))
}
