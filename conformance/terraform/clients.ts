/** The clients of a provider, and what its resources share: waiting, not found, tags. */

import { setTimeout as sleep } from 'node:timers/promises'
import { IdentitystoreClient } from '@aws-sdk/client-identitystore'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import {
  DescribePermissionSetProvisioningStatusCommand,
  ListTagsForResourceCommand,
  ProvisionPermissionSetCommand,
  SSOAdminClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sso-admin'
import type { Keys } from '../organization/founder.ts'

export interface Clients {
  readonly sso: SSOAdminClient
  readonly store: IdentitystoreClient
  readonly org: OrganizationsClient
  readonly instanceArn: string
  readonly identityStoreId: string
}

export function createClients(origin: string, credentials: Keys): Pick<Clients, 'sso' | 'store' | 'org'> {
  const options = { region: 'us-east-1', endpoint: origin, credentials }
  return {
    sso: new SSOAdminClient(options),
    store: new IdentitystoreClient(options),
    org: new OrganizationsClient(options),
  }
}

export const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the answer lacks what it must have')
  return value
}

/** The ids of resources are their parts with commas between, as the provider has them. */
export const partsOf = (id: string): string[] => id.split(',')

/** Undefined for the modelled not-found, as the provider drops a resource that is gone from its state. */
export async function orGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined
    throw error
  }
}

/** Waits for SUCCEEDED. The provider polls every 5 s; nothing here depends on how often. */
export async function untilSucceeded(
  read: () => Promise<{ Status?: string | undefined; FailureReason?: string | undefined } | undefined>,
): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    const status = await read()
    if (status?.Status === 'SUCCEEDED') return
    if (status?.Status === 'FAILED') throw new Error(`failed: ${status.FailureReason}`)
    await sleep(50)
  }
  throw new Error('it did not end')
}

/** What the provider does after every change of a permission set. */
export async function provisionAll({ sso, instanceArn }: Clients, PermissionSetArn: string): Promise<void> {
  const asked = await sso.send(
    new ProvisionPermissionSetCommand({
      InstanceArn: instanceArn,
      PermissionSetArn,
      TargetType: 'ALL_PROVISIONED_ACCOUNTS',
    }),
  )
  const ProvisionPermissionSetRequestId = need(asked.PermissionSetProvisioningStatus?.RequestId)
  await untilSucceeded(async () => {
    const answer = await sso.send(
      new DescribePermissionSetProvisioningStatusCommand({
        InstanceArn: instanceArn,
        ProvisionPermissionSetRequestId,
      }),
    )
    return answer.PermissionSetProvisioningStatus
  })
}

export type Tags = Readonly<Record<string, string>>

export const toTags = (tags: unknown): { Key: string; Value: string }[] =>
  Object.entries((tags ?? {}) as Tags).map(([Key, Value]) => ({ Key, Value }))

/** All pages; the provider names the instance too. */
export async function readTags({ sso, instanceArn }: Clients, ResourceArn: string): Promise<Tags> {
  const tags: Record<string, string> = {}
  let NextToken: string | undefined
  do {
    const page = await sso.send(
      new ListTagsForResourceCommand({ InstanceArn: instanceArn, ResourceArn, ...(NextToken ? { NextToken } : {}) }),
    )
    for (const { Key, Value } of page.Tags ?? []) tags[need(Key)] = need(Value)
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return tags
}

export async function updateTags({ sso, instanceArn }: Clients, ResourceArn: string, wanted: unknown, before: unknown) {
  const [now, then] = [(wanted ?? {}) as Tags, (before ?? {}) as Tags]
  const removed = Object.keys(then).filter((key) => now[key] === undefined)
  const changed = Object.entries(now).filter(([key, value]) => then[key] !== value)
  if (removed.length > 0) {
    await sso.send(new UntagResourceCommand({ InstanceArn: instanceArn, ResourceArn, TagKeys: removed }))
  }
  if (changed.length > 0) {
    const Tags = changed.map(([Key, Value]) => ({ Key, Value }))
    await sso.send(new TagResourceCommand({ InstanceArn: instanceArn, ResourceArn, Tags }))
  }
}
