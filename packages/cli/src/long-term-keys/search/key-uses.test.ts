/** Which profile or tool uses a key, as files say it. The `HERE` of a text is where the key stands. */

import { expect, test } from 'vitest'
import type { PlaceKind } from '../key/key-place.ts'
import { type UseFacts, usesOf } from './key-uses.ts'

function uses(kind: PlaceKind, path: string, text: string, facts?: UseFacts) {
  const start = text.indexOf('HERE')
  return usesOf({ kind, path, text }, { idAt: { start, end: start + 4 } }, facts)
}

const names = (...words: Parameters<typeof uses>) => uses(...words).map(({ tool, name }) => `${tool}: ${name ?? ''}`)

test('a profile of the shared credentials file uses it, and so does who names it as its source', () => {
  const configText = '[profile admin]\nrole_arn = x\nsource_profile = dev\n[profile other]\nregion = x\n'
  const text = '[default]\nregion=x\n[dev]\naws_access_key_id = HERE\n'
  expect(uses('aws-credentials', '/h/.aws/credentials', text, { configText })).toEqual([
    { tool: 'AWS CLI and SDKs', name: 'dev' },
    { tool: 'AWS CLI and SDKs', name: 'admin', note: 'through source_profile = dev' },
  ])
})

test('what wins over a profile is said: the environment, and the other file', () => {
  const text = '[profile dev]\naws_access_key_id = HERE\n'
  expect(uses('aws-config', '/c', text, { env: { AWS_ACCESS_KEY_ID: 'x', AWS_PROFILE: 'dev' } })[0]?.note).toContain(
    'environment wins',
  )
  expect(uses('aws-config', '/c', text, { credentialsText: '[dev]\naws_access_key_id=y\n' })[0]?.note).toContain(
    'which wins',
  )
  expect(uses('aws-config', '/c', text, { env: { AWS_ACCESS_KEY_ID: 'x' } })[0]?.note).toBeUndefined()
})

test('a section of rclone, s3cmd and boto names it', () => {
  const text = '[first]\na = b\n[ my s3 ]\naccess_key_id = HERE\n[later]\n'
  expect(names('rclone', '/r', text)).toEqual(['rclone: my s3'])
  expect(names('s3cmd', '/r', text)).toEqual(['s3cmd: my s3'])
  expect(names('boto', '/r', '[profile x]\naws_access_key_id = HERE')).toEqual(['boto: x'])
})

test('Terraform: provider with its alias, backend, variable, resource of a state', () => {
  const provider =
    'provider "aws" {\n  # } a comment\n  alias  = "west"\n  access_key = "HERE"\n  tags = { alias = "no" }\n}'
  expect(names('terraform', '/t/main.tf', provider)).toEqual(['Terraform: provider aws, alias west'])
  const backend = 'terraform {\n  backend "s3" {\n    access_key = "HERE"\n'
  expect(names('terraform', '/t/main.tf', backend)).toEqual(['Terraform: backend s3'])
  expect(names('terraform-variables', '/t/x.tfvars', 'aws_key = "HERE"')).toEqual(['Terraform: aws_key'])
  const state =
    '{"resources":[{"type": "aws_iam_access_key",\n"name": "deploy", "instances":[{"attributes":{"id":"HERE"'
  expect(names('terraform-state', '/t', state)).toEqual(['Terraform state: aws_iam_access_key.deploy'])
})

test('Compose: the service; a Dockerfile: the stage or its folder', () => {
  const compose =
    'services:\n  web:\n    image: x\n  api:\n    environment:\n      - A=1\n      - AWS_ACCESS_KEY_ID=HERE\nvolumes:\n'
  expect(names('compose', '/c', compose)).toEqual(['Docker Compose: api'])
  expect(names('compose', '/c', compose.replaceAll('\n', '\r\n'))).toEqual(['Docker Compose: api'])
  const map = 'services:\n  api:\n    environment:\n      AWS_ACCESS_KEY_ID: HERE\n'
  expect(names('compose', '/c', map)).toEqual(['Docker Compose: api'])
  expect(names('docker', '/p/shop/Dockerfile', 'FROM node AS build\nENV A=HERE')).toEqual(['Docker: build'])
  expect(names('docker', '/p/shop/Dockerfile', 'FROM node\nENV A=HERE')).toEqual(['Docker: image of shop'])
})

test('Kubernetes: kind, namespace and name of its own document; kubeconfig: the user', () => {
  const secret = (name: string, value: string) =>
    `kind: Secret\nmetadata:\n  name: ${name}\n  namespace: prod\ndata:\n  key: ${value}\n`
  expect(names('kubernetes', '/k', `${secret('a', 'x')}---\n${secret('b', 'HERE')}---\n${secret('c', 'y')}`)).toEqual([
    'Kubernetes: Secret prod/b',
  ])
  const config =
    'users:\n- name: one\n  user:\n    token: x\n- name: two\n  user:\n    exec:\n      env:\n      - name: AWS_ACCESS_KEY_ID\n        value: HERE\n'
  expect(names('kubeconfig', '/k', config)).toEqual(['kubectl: two'])
})

test('a pipeline: job and step, as each of them spells it', () => {
  const github =
    'env:\n  A: b\njobs:\n  build:\n    steps: []\n  deploy:\n    runs-on: x\n    steps:\n      - uses: a\n      - name: Upload it\n        env:\n          AWS_ACCESS_KEY_ID: HERE\n'
  expect(names('ci', '/r/.github/workflows/a.yml', github)).toEqual(['GitHub Actions: deploy, step "Upload it"'])
  expect(names('ci', '/r/.github/workflows/a.yml', 'env:\n  AWS: HERE\n')).toEqual(['GitHub Actions: '])
  const gitlab = 'variables:\n  A: b\ndeploy prod:\n  variables:\n    K: HERE\n'
  expect(names('ci', '/r/.gitlab-ci.yml', gitlab)).toEqual(['GitLab CI: deploy prod'])
  expect(names('ci', '/r/.gitlab-ci.yml', 'variables:\n  A: HERE\n')).toEqual(['GitLab CI: '])
  const circle =
    'version: 2.1\njobs:\n  ship:\n    docker:\n      - image: x\n        environment:\n          K: HERE\n'
  expect(names('ci', '/r/.circleci/config.yml', circle)).toEqual(['CircleCI: ship'])
  expect(names('ci', '/r/Jenkinsfile', "stage('Ship') {\n sh 'HERE'")).toEqual(['Jenkins: Ship'])
})

test('VS Code: the launch configuration; JetBrains: the run configuration', () => {
  const launch = '{\n // "name": "no"\n"configurations": [{"name": "one"}, {"name": "two", "env": {"K": "HERE"}}]}'
  expect(names('ide', '/r/.vscode/launch.json', launch)).toEqual(['VS Code: two'])
  const xml = '<configuration default="x" name="Run it" type="y"><env name="K" value="HERE"/>'
  expect(names('ide', '/r/.idea/workspace.xml', xml)).toEqual(['JetBrains IDE: Run it'])
})

test('the folder of a .env file, the command of a crontab, the unit, the client', () => {
  expect(names('dotenv', '/p/shop/.env', 'A=HERE')).toEqual(['programs that read .env: shop'])
  expect(names('other', '/etc/cron.d/backup', '0 3 * * * KEY=HERE /usr/bin/backup all')).toEqual([
    'cron: /usr/bin/backup',
  ])
  expect(names('other', '/etc/systemd/system/b.service.d/env.conf', 'Environment=K=HERE')).toEqual([
    'systemd: b.service',
  ])
  expect(names('other', '/h/.mc/config.json', '{"aliases":{"s3":{"accessKey":"HERE"')).toEqual(['MinIO client: s3'])
  expect(names('shell-startup', '/h/.bashrc', 'export A=HERE')).toEqual([
    'every program that the shell starts: .bashrc',
  ])
  expect(names('other', '/h/x', 'HERE')).toEqual([])
})

test('names move no cursor and have an end; nonsense is no error and takes no time', () => {
  expect(names('rclone', '/r', `[a\u001b[2Jb${'c'.repeat(200)}]\nk = HERE`)[0]).toMatch(/^rclone: a\[2Jbc{70,75}$/)
  const nonsense = ['{', '[', '- ', '"', '\n', ' ', 'metadata:\n', '---\n', 'jobs:\n '].map((each) =>
    each.repeat(200_000),
  )
  const kinds: readonly PlaceKind[] = [
    'compose',
    'kubernetes',
    'kubeconfig',
    'ci',
    'ide',
    'terraform',
    'terraform-state',
    'docker',
  ]
  const start = performance.now()
  for (const text of nonsense) for (const kind of kinds) uses(kind, '/r/.github/x.json', `${text}HERE${text}`)
  expect(performance.now() - start).toBeLessThan(20_000)
}, 30_000)
