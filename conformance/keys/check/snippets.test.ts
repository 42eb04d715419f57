/** The commands that `keys plan` proposes for machines are ones that the AWS CLI takes: it checks them, and finds nobody to send them to. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import {
  anywhereSnippets,
  instanceSnippets,
  podSnippets,
  taskSnippets,
} from '../../../packages/cli/src/long-term-keys/replacement/machines/hosts.ts'
import {
  githubSnippets,
  gitlabSnippets,
  otherPipelineSnippets,
  terraformCloudSnippets,
} from '../../../packages/cli/src/long-term-keys/replacement/machines/pipelines.ts'
import type { RolePlace } from '../../../packages/cli/src/long-term-keys/replacement/machines/snippet.ts'
import { AWS_CLI, hasAwsCli } from '../../harness/aws-cli.ts'
import { DEVELOPMENT } from '../../harness/example.ts'
import { runProgram } from '../../harness/run-program.ts'

const PLACE: RolePlace = {
  partition: 'aws',
  accountId: DEVELOPMENT,
  roleName: 'shop-deploy',
  region: 'eu-west-1',
  policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  inlinePolicies: ['own'],
  userName: 'shop-deploy',
}

const PEM = `-----BEGIN CERTIFICATE-----\n${'MIIB'.repeat(16)}\n${'MIIB'.repeat(7)}MA==\n-----END CERTIFICATE-----\n`

/** Nobody's credentials, and one attempt: a command that is taken gets as far as the connection. */
const ENV = {
  PATH: '/usr/bin:/bin',
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
}

/** Or one that Debian's AWS CLI, of 2023, is too old to know. */
const TAKEN = /Could not connect to the endpoint URL|create-addon/

/** Before 2024 it wanted a thumbprint, which AWS does not look at for these issuers. */
const forOlderOnes = (line: string): string =>
  line.replace(/ --client-id-list \S+$/, `$& --thumbprint-list ${'0'.repeat(40)}`)

beforeEach((context) => context.skip(!hasAwsCli, 'there is no AWS CLI (Debian: apt-get install awscli)'))

/** Each line is a start of the AWS CLI: the usual run types those of one pipeline and one host. */
const USUAL = ['GitHub Actions', 'EC2']
const isLong = process.env['MAYFLY_LONG_TESTS'] === '1'

const all = [
  ['GitHub Actions', githubSnippets],
  ['GitLab CI', gitlabSnippets],
  ['another pipeline', otherPipelineSnippets],
  ['HCP Terraform', terraformCloudSnippets],
  ['EC2', instanceSnippets],
  ['Roles Anywhere', anywhereSnippets],
  ['ECS', taskSnippets],
  ['EKS', podSnippets],
] as const

test.each(all.filter(([name]) => isLong || USUAL.includes(name)))('%s', async (_, create) => {
  const folder = mkdtempSync(join(tmpdir(), 'mayfly-snippets-'))
  try {
    writeFileSync(join(folder, 'ca.pem'), PEM)
    writeFileSync(join(folder, 'own.json'), '{}')
    const lines = new Set(
      create(PLACE).flatMap((snippet) => {
        if (snippet.language === 'json') writeFileSync(join(folder, 'trust.json'), snippet.lines.join('\n'))
        return snippet.language === 'shell' ? snippet.lines : []
      }),
    )
    for (const line of lines) {
      const checked = `${forOlderOnes(line)
        .replace(/^aws/, AWS_CLI)
        .replace(/ > \S+$/, '')} --endpoint-url http://127.0.0.1:9`
      const run = await runProgram('/bin/sh', ['-c', `cd ${folder} && ${checked}`], { env: { ...ENV, HOME: folder } })
      expect([line, run.stderr]).toEqual([line, expect.stringMatching(TAKEN)])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
