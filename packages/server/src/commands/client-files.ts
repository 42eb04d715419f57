/** `client-files`: rule-set files that point AWS CLIs without AWS_ENDPOINT_URL (before 2.13) at this server. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Command } from './command.ts'

/** The folders that botocore looks in, by service and API version. */
const SERVICES = [
  { folder: 'sso/2019-06-10' },
  { folder: 'sso-oidc/2019-06-10' },
  { folder: 'sts/2011-06-15', globalEndpoint: true },
  { folder: 'sso-admin/2020-07-20' },
  { folder: 'identitystore/2020-06-15' },
  { folder: 'organizations/2016-11-28' },
  { folder: 'iam/2010-05-08' },
]

export const clientFiles: Command = {
  words: ['client-files'],
  example: 'client-files ./aws-models --endpoint https://sign-in.example.com',
  argument: 'DIR',
  summary: 'write the files that point AWS CLIs before 2.13 here; name DIR in AWS_DATA_PATH',
  async run({ words, endpoint, config, print }) {
    const [folder] = words
    if (folder === undefined) throw new Refusal('invalid', 'Which folder? mayfly-server client-files DIR')
    const url = endpoint ?? config.publicUrl ?? `${config.tls ? 'https' : 'http'}://localhost:${config.port}`
    if (!URL.canParse(url)) throw new Refusal('invalid', '--endpoint wants an address such as http://localhost:7373.')
    for (const { folder: service, globalEndpoint = false } of SERVICES) {
      await mkdir(join(folder, service), { recursive: true })
      const file = join(folder, service, 'endpoint-rule-set-1.json')
      await writeFile(file, `${JSON.stringify(createRuleSet(url, globalEndpoint), undefined, 2)}\n`)
      print(file)
    }
  },
}

const boolean = (builtIn: string, documentation: string): object => ({
  builtIn,
  required: true,
  default: false,
  documentation,
  type: 'Boolean',
})

/** A rule set whose one rule sends everything to `url`, whatever the region. */
function createRuleSet(url: string, globalEndpoint: boolean): object {
  return {
    version: '1.0',
    parameters: {
      Region: { builtIn: 'AWS::Region', required: false, documentation: 'The region.', type: 'String' },
      UseDualStack: boolean('AWS::UseDualStack', 'Not used.'),
      UseFIPS: boolean('AWS::UseFIPS', 'Not used.'),
      Endpoint: { builtIn: 'SDK::Endpoint', required: false, documentation: 'Not used.', type: 'String' },
      ...(globalEndpoint ? { UseGlobalEndpoint: boolean('AWS::STS::UseGlobalEndpoint', 'Not used.') } : {}),
    },
    rules: [{ conditions: [], endpoint: { url, properties: {}, headers: {} }, type: 'endpoint' }],
  }
}
