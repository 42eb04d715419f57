/** docs/reference/operations.md: which of the published operations the server answers, and to whom. */

import type { Audience } from '../../packages/server/src/operation/service.ts'
import { findService } from '../../packages/server/src/services/services.ts'
import { loadModel } from '../../packages/wire/src/model/models.ts'
import type { ServiceModel, ServiceName } from '../../packages/wire/src/model/service-model.ts'

const SERVICES: readonly ServiceName[] = [
  'sso-oidc',
  'sso',
  'sts',
  'sso-admin',
  'identitystore',
  'organizations',
  'iam',
  'signin',
  'mayfly',
]

const AUDIENCES: Readonly<Record<Audience, string>> = {
  anyone: 'anyone; the request proves itself',
  user: 'a signed-in user, by access token or session',
  role: 'role credentials of this server, by signature',
  account: 'role credentials of this server or a long-term access key of an IAM user, by signature',
}

export async function writeOperations(): Promise<string> {
  const sections = await Promise.all(SERVICES.map(describeService))
  return `${[
    '# Operations',
    '',
    'Written by `tools/write-references.ts` from the pinned models and the handlers.',
    '',
    ...sections.flat(),
  ].join('\n')}`
}

async function describeService(name: ServiceName): Promise<string[]> {
  const model = await loadModel(name)
  const service = findService(name)
  const origin = name === 'mayfly' ? 'Our own, for what AWS has in its console alone' : model.metadata.serviceId
  const head = [`## ${name}`, '', `${origin}, API version ${model.metadata.apiVersion}.`]
  const all = Object.keys(model.operations)
  if (!service) return [...head, `Not answered yet (${all.length} in the model).`, '']
  const answered = all.filter((operation) => operation in service.audiences)
  const rest = all.filter((operation) => !answered.includes(operation))
  return [
    ...head,
    '',
    '| operation | request | who may ask |',
    '| --- | --- | --- |',
    ...answered.map((operation) => {
      const audience = service.audiences[operation]
      return `| ${operation} | ${requestOf(model, operation)} | ${audience ? AUDIENCES[audience] : ''} |`
    }),
    '',
    ...(rest.length > 0 ? [`Not answered yet: ${rest.join(', ')}.`, ''] : []),
  ]
}

/** How it is asked for: by path in REST, by a header in JSON, by a parameter in Query. */
function requestOf({ metadata, operations }: ServiceModel, operation: string): string {
  const http = operations[operation]?.http
  if (metadata.protocol === 'json') return `\`X-Amz-Target: ${metadata.targetPrefix}.${operation}\``
  return metadata.protocol === 'rest-json' && http ? `\`${http.method} ${http.requestUri}\`` : `\`Action=${operation}\``
}
