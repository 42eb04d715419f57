/** Permission sets: create, describe, list, update, delete. */

import {
  createPermissionSet,
  type PermissionSet,
  sessionDurationOf,
  updatePermissionSet,
} from '@mayfly/identity-center/account-access/permission-set'
import type { PermissionSetArn } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { getInstance, refuseSetForDelegate } from './instance.ts'
import { changePermissionSet } from './permission-set-change.ts'
import { checkedTags } from './tags.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

export const permissionSets = {
  async CreatePermissionSet(input, context) {
    const { arn: instanceArn } = await getInstance(input.InstanceArn, context)
    const { Name: name, Description: description, SessionDuration: sessionDuration, RelayState: relayState } = input
    const { clock, random, config, store } = context
    const settings = { instanceArn, name, description, sessionDuration, relayState }
    const permissionSet = createPermissionSet(settings, clock.now(), random)
    const tags = checkedTags(input.Tags, config.quotas)
    const output = { PermissionSet: describePermissionSet(permissionSet) }
    await store.transaction(async (tx) => {
      if ((await tx.permissionSets.findByName(name)) !== undefined) {
        throw new Refusal('conflict', `PermissionSet with name ${name} already exists`)
      }
      if ((await tx.permissionSets.count()) >= config.quotas.permissionSets) {
        throw new Refusal('quota-exceeded', `An instance has at most ${config.quotas.permissionSets} permission sets.`)
      }
      await tx.permissionSets.insert(permissionSet)
      await tx.tags.put(permissionSet.arn, tags)
      await context.record(tx, output)
    })
    return output
  },

  async DescribePermissionSet({ InstanceArn, PermissionSetArn }, context) {
    await getInstance(InstanceArn, context)
    const permissionSet = await context.store.permissionSets.get(PermissionSetArn as PermissionSetArn)
    return { PermissionSet: describePermissionSet(permissionSet) }
  },

  async ListPermissionSets(input, context) {
    await getInstance(input.InstanceArn, context)
    const listing = { operation: 'ListPermissionSets', input }
    const { items, next } = await listPage(listing, context, (page) => context.store.permissionSets.list(page))
    return { PermissionSets: items.map(({ arn }) => arn), ...next }
  },

  UpdatePermissionSet: (input, context) =>
    changePermissionSet(input, context, (set) =>
      updatePermissionSet(set, {
        description: input.Description,
        sessionDuration: input.SessionDuration,
        relayState: input.RelayState,
      }),
    ),

  async DeletePermissionSet({ InstanceArn, PermissionSetArn }, context) {
    const instance = await getInstance(InstanceArn, context)
    const arn = PermissionSetArn as PermissionSetArn
    await context.store.transaction(async (tx) => {
      await tx.permissionSets.get(arn)
      await refuseSetForDelegate(arn, instance, tx, context)
      if (await tx.accountAssignments.hasAny(arn)) {
        const words = 'Could not delete because PermissionSet has ApplicationProfile associated with it'
        throw new Refusal('conflict', words)
      }
      await tx.permissionSets.delete(arn)
      await tx.tags.deleteOf(arn)
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<SsoAdmin>

function describePermissionSet(permissionSet: PermissionSet) {
  const { name, arn, description, createdAt, relayState } = permissionSet
  return {
    Name: name,
    PermissionSetArn: arn,
    ...(description === undefined ? {} : { Description: description }),
    CreatedDate: createdAt,
    SessionDuration: sessionDurationOf(permissionSet),
    ...(relayState === undefined ? {} : { RelayState: relayState }),
  }
}
