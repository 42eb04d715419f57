/** Authentication methods: who may ask for an application's tokens. There is one kind, by IAM. */

import type { Application } from '@mayfly/identity-center/applications/application'
import type { ApplicationArn } from '@mayfly/identity-center/identifiers'
import { parsePolicy } from '@mayfly/identity-center/policy/parse-policy'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { InputTo, Operations } from '@mayfly/wire/model/operations'
import type { OperationContext } from '../../operation/operation-context.ts'

type Sdk = typeof import('@aws-sdk/client-sso-admin')
type SsoAdmin = Operations<Sdk, OperationContext>

export const applicationAuthenticationMethods = {
  async PutApplicationAuthenticationMethod({ ApplicationArn, AuthenticationMethod }, context) {
    const policy = readPolicy(AuthenticationMethod)
    await context.store.transaction(async (tx) => {
      const application = await tx.applications.get(ApplicationArn as ApplicationArn)
      await tx.applications.update({ ...application, actorPolicy: policy })
      await context.record(tx, {})
    })
    return {}
  },

  async GetApplicationAuthenticationMethod({ ApplicationArn }, { store }) {
    const method = describeMethod(await store.applications.get(ApplicationArn as ApplicationArn))
    if (method) return { AuthenticationMethod: method }
    throw new Refusal('not-found', 'The application has no IAM authentication method.')
  },

  async ListApplicationAuthenticationMethods({ ApplicationArn }, { store }) {
    const method = describeMethod(await store.applications.get(ApplicationArn as ApplicationArn))
    return {
      AuthenticationMethods: method ? [{ AuthenticationMethodType: 'IAM' as const, AuthenticationMethod: method }] : [],
    }
  },

  async DeleteApplicationAuthenticationMethod({ ApplicationArn }, context) {
    await context.store.transaction(async (tx) => {
      const { actorPolicy: _, ...application } = await tx.applications.get(ApplicationArn as ApplicationArn)
      await tx.applications.update(application)
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<SsoAdmin>

type MethodInput = InputTo<Sdk, 'PutApplicationAuthenticationMethod'>['AuthenticationMethod']

/** Throws `invalid` for what is no policy document, and tells where. */
function readPolicy({ Iam }: MethodInput): string {
  const text = JSON.stringify(Iam?.ActorPolicy ?? null)
  parsePolicy(text, 'resource')
  return text
}

const describeMethod = ({ actorPolicy }: Application) =>
  actorPolicy === undefined ? undefined : { Iam: { ActorPolicy: JSON.parse(actorPolicy) } }
