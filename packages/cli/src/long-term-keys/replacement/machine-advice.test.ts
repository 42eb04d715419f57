/** What is to be pasted can be read by what it is pasted into, and lets one machine in, not everybody. */

import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { createTestMachine } from '../../testing/test-machine.ts'
import type { KeyFacts } from '../inquiry/key-facts.ts'
import type { FoundKey } from '../key/found-key.ts'
import type { PlaceKind } from '../key/key-place.ts'
import { adviseMachines } from './machine-advice.ts'
import { parseRemote } from './machines/git-remote.ts'
import type { Snippet } from './machines/snippet.ts'

const ACCOUNT = '222233334444'

const foundAt = (path: string, kind: PlaceKind = 'ci'): FoundKey => ({
  accessKeyId: 'AKIA',
  accountId: ACCOUNT,
  isCanary: false,
  kind,
  uses: [],
  place: { type: 'file', path, line: 1, column: 1 },
})

const FACTS: KeyFacts = {
  accessKeyId: 'AKIA',
  accountId: ACCOUNT,
  state: 'live',
  reason: '',
  isRoot: false,
  isCanary: false,
  arn: `arn:aws:iam::${ACCOUNT}:user/shop-deploy`,
  userName: 'shop-deploy',
  otherKeys: [],
  tags: [],
  cannot: [],
  askedAs: [],
  ownUses: [],
  policies: {
    isWhole: true,
    policies: [
      { name: 'ReadOnlyAccess', way: 'attached', arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
      { name: 'own', way: 'inline' },
      { name: 'edge', way: 'boundary', arn: 'arn:aws:iam::aws:policy/edge' },
    ],
  },
}

const ORIGIN =
  '[core]\n\tbare = false\n[remote "origin"]\n\turl = git@github.com:acme/shop.git\n\tfetch = x\n[branch "main"]\n'

const advise = (found: readonly FoundKey[], facts: KeyFacts | undefined = FACTS, files = {}) =>
  adviseMachines(createTestMachine({ files }), { found, facts, region: 'eu-west-1' })

const PLACES: readonly (readonly [string, PlaceKind])[] = [
  ['/home/alice/shop/.github/workflows/deploy.yml', 'ci'],
  ['/home/alice/shop/.gitlab-ci.yml', 'ci'],
  ['/home/alice/shop/bitbucket-pipelines.yml', 'ci'],
  ['/home/alice/shop/k8s/secret.yaml', 'kubernetes'],
  ['/home/alice/shop/Dockerfile', 'docker'],
  ['/etc/systemd/system/shop.service', 'other'],
  ['/home/alice/.terraformrc', 'terraform-cli'],
]

const textOf = ({ lines }: Snippet): string => lines.join('\n')

test.each(PLACES)('%s: every part can be read, and the trust policy names one principal', async (path, kind) => {
  const snippets = await advise([foundAt(path, kind)])
  expect(snippets.length).toBeGreaterThan(1)
  for (const snippet of snippets) {
    const text = textOf(snippet)
    if (snippet.language === 'json') {
      const value = JSON.parse(text)
      if (value.Statement) expect(() => parsePolicy(text, 'trust')).not.toThrow()
    }
    if (snippet.language === 'yaml') expect(parse(text)).toBeTypeOf('object')
    if (snippet.language === 'shell') expect(snippet.lines.every((line) => line.startsWith('aws '))).toBe(true)
    expect(text).not.toMatch(/undefined|\[object/)
  }
  expect(snippets.map(textOf).join('\n')).toContain(`arn:aws:iam::${ACCOUNT}:role/shop-deploy`.slice(0, 30))
})

test('GitHub: the repository is that of the remote, on its main branch, and nobody else', async () => {
  const snippets = await advise([foundAt('/home/alice/shop/.github/workflows/deploy.yml')], FACTS, {
    '/home/alice/shop/.git/config': ORIGIN,
  })
  expect(JSON.parse(textOf(snippets[0] as Snippet)).Statement[0]).toEqual({
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:acme/shop:ref:refs/heads/main',
      },
    },
  })
  expect(snippets[1]?.lines).toEqual([
    'aws iam create-open-id-connect-provider --url https://token.actions.githubusercontent.com --client-id-list sts.amazonaws.com',
    'aws iam create-role --role-name shop-deploy --assume-role-policy-document file://trust.json',
    'aws iam attach-role-policy --role-name shop-deploy --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess',
    'aws iam get-user-policy --user-name shop-deploy --policy-name own --query PolicyDocument --output json > own.json',
    'aws iam put-role-policy --role-name shop-deploy --policy-name own --policy-document file://own.json',
  ])
  const workflow = parse(textOf(snippets[2] as Snippet))
  expect(workflow.jobs.deploy.permissions).toEqual({ 'id-token': 'write', contents: 'read' })
  expect(workflow.jobs.deploy.steps[0].with).toEqual({
    'role-to-assume': `arn:aws:iam::${ACCOUNT}:role/shop-deploy`,
    'aws-region': 'eu-west-1',
  })
})

test('GitLab: the own forge vouches, in its own name', async () => {
  const snippets = await advise([foundAt('/home/alice/shop/.gitlab-ci.yml')], FACTS, {
    '/home/alice/shop/.git/config': ORIGIN.replace('git@github.com:acme/shop.git', 'https://git.acme.example/a/b/shop'),
  })
  expect(JSON.parse(textOf(snippets[0] as Snippet)).Statement[0].Condition.StringEquals).toEqual({
    'git.acme.example:aud': 'https://git.acme.example',
    'git.acme.example:sub': 'project_path:a/b/shop:ref_type:branch:ref:main',
  })
  const pipeline = parse(textOf(snippets[2] as Snippet))
  expect(pipeline.deploy.id_tokens).toEqual({ AWS_TOKEN: { aud: 'https://git.acme.example' } })
})

test('a repository that another forge mirrors is named after neither', async () => {
  const files = { '/home/alice/shop/.git/config': ORIGIN }
  const [gitlab] = await advise([foundAt('/home/alice/shop/.gitlab-ci.yml')], FACTS, files)
  expect(JSON.parse(textOf(gitlab as Snippet)).Statement[0].Condition.StringEquals).toEqual({
    'gitlab.com:aud': 'https://gitlab.com',
    'gitlab.com:sub': 'project_path:GROUP/PROJECT:ref_type:branch:ref:main',
  })
  const mirrored = { '/home/alice/shop/.git/config': ORIGIN.replace('github.com', 'gitlab.com') }
  const [github] = await advise([foundAt('/home/alice/shop/.github/workflows/deploy.yml')], FACTS, mirrored)
  expect(textOf(github as Snippet)).toContain('repo:OWNER/REPOSITORY:ref:refs/heads/main')
})

test('in China the partition and the audience are its own', async () => {
  const facts = { ...FACTS, arn: `arn:aws-cn:iam::${ACCOUNT}:user/shop-deploy` }
  const snippets = await advise([foundAt('/home/alice/shop/.github/workflows/deploy.yml')], facts)
  const text = snippets.map(textOf).join('\n')
  expect(text).toContain(`arn:aws-cn:iam::${ACCOUNT}:role/shop-deploy`)
  expect(text).toContain('audience: sts.amazonaws.com.cn')
})

test('a key in files of a person alone needs no role, unless its user is called like a machine', async () => {
  const own = [foundAt('/home/alice/.aws/credentials', 'aws-credentials')]
  expect(await advise(own, { ...FACTS, userName: 'alice' })).toEqual([])
  expect((await advise(own))[0]?.machine).toBe('server')
  const tagged = { ...FACTS, userName: 'alice', tags: [{ key: 'used-by', value: 'jenkins' }] }
  expect((await advise(own, tagged))[0]?.machine).toBe('server')
  expect(await adviseMachines(createTestMachine(), { found: own })).toEqual([])
})

test('names that would break out of a command are left out', async () => {
  const policies = { isWhole: true, policies: [{ name: 'a; rm -rf $HOME', way: 'inline' as const }] }
  const facts = { ...FACTS, userName: 'x$(id)', policies }
  const snippets = await advise([foundAt('/home/alice/shop/.github/workflows/deploy.yml')], facts, {
    '/home/alice/shop/.git/config': '[remote "origin"]\n\turl = https://github.com/acme/$(id)"x\n',
  })
  expect(snippets.map(textOf).join('\n')).not.toMatch(/rm -rf|\$\(id\)/)
})

test.each([
  ['git@github.com:acme/shop.git', { host: 'github.com', path: 'acme/shop' }],
  ['https://user:pass@gitlab.com/group/sub/project.git', { host: 'gitlab.com', path: 'group/sub/project' }],
  ['ssh://git@git.acme.example:2222/a/b', { host: 'git.acme.example', path: 'a/b' }],
  ['../elsewhere', undefined],
])('the remote %s', (url, expected) => {
  expect(parseRemote(`[remote "origin"]\n\turl = ${url}\n`)).toEqual(expected)
})
