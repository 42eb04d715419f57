/** aws_ssoadmin_permission_set, and what is attached to one. */

import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreatePermissionSetCommand,
  type CustomerManagedPolicyReference,
  DeleteInlinePolicyFromPermissionSetCommand,
  DeletePermissionSetCommand,
  DeletePermissionsBoundaryFromPermissionSetCommand,
  DescribePermissionSetCommand,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  DetachManagedPolicyFromPermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  type PermissionsBoundary,
  PutInlinePolicyToPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
  paginateListCustomerManagedPolicyReferencesInPermissionSet,
  paginateListManagedPoliciesInPermissionSet,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import { type Clients, need, orGone, partsOf, provisionAll, readTags, toTags, updateTags } from './clients.ts'
import type { Kind } from './engine.ts'

export function permissionSet(clients: Clients): Kind {
  const { sso, instanceArn: InstanceArn } = clients
  return {
    async create({ name, description, session_duration, relay_state, tags }) {
      const made = await sso.send(
        new CreatePermissionSetCommand({
          InstanceArn,
          Name: String(name),
          Description: description as string,
          SessionDuration: session_duration as string,
          RelayState: relay_state as string,
          Tags: toTags(tags),
        }),
      )
      return need(made.PermissionSet?.PermissionSetArn)
    },
    async read(PermissionSetArn) {
      const answer = await orGone(sso.send(new DescribePermissionSetCommand({ InstanceArn, PermissionSetArn })))
      if (!answer?.PermissionSet) return undefined
      const { Name, Description, SessionDuration, RelayState } = answer.PermissionSet
      return {
        name: Name,
        description: Description,
        session_duration: SessionDuration,
        relay_state: RelayState,
        tags: await readTags(clients, PermissionSetArn),
      }
    },
    async update(PermissionSetArn, config, before) {
      await sso.send(
        new UpdatePermissionSetCommand({
          InstanceArn,
          PermissionSetArn,
          // The relay state is sent each time: without it, it would be cleared.
          RelayState: config['relay_state'] as string,
          ...(config['description'] === before['description'] ? {} : { Description: config['description'] as string }),
          ...(config['session_duration'] === before['session_duration']
            ? {}
            : { SessionDuration: config['session_duration'] as string }),
        }),
      )
      await updateTags(clients, PermissionSetArn, config['tags'], before['tags'])
      await provisionAll(clients, PermissionSetArn)
    },
    async delete(PermissionSetArn) {
      await orGone(sso.send(new DeletePermissionSetCommand({ InstanceArn, PermissionSetArn })))
    },
  }
}

export function inlinePolicy(clients: Clients): Kind {
  const { sso, instanceArn: InstanceArn } = clients
  const put = async (PermissionSetArn: string, InlinePolicy: string): Promise<void> => {
    await sso.send(new PutInlinePolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, InlinePolicy }))
    await provisionAll(clients, PermissionSetArn)
  }
  return {
    async create({ permission_set_arn, inline_policy }) {
      await put(String(permission_set_arn), String(inline_policy))
      return String(permission_set_arn)
    },
    async read(PermissionSetArn) {
      const answer = await orGone(
        sso.send(new GetInlinePolicyForPermissionSetCommand({ InstanceArn, PermissionSetArn })),
      )
      // Empty means that it is gone.
      return answer?.InlinePolicy
        ? { permission_set_arn: PermissionSetArn, inline_policy: answer.InlinePolicy }
        : undefined
    },
    update: (id, { inline_policy }) => put(id, String(inline_policy)),
    async delete(PermissionSetArn) {
      const answer = await orGone(
        sso.send(new DeleteInlinePolicyFromPermissionSetCommand({ InstanceArn, PermissionSetArn })),
      )
      if (answer !== undefined) await provisionAll(clients, PermissionSetArn)
    },
  }
}

export function managedPolicyAttachment(clients: Clients): Kind {
  const { sso, instanceArn: InstanceArn } = clients
  return {
    async create({ permission_set_arn, managed_policy_arn }) {
      const [PermissionSetArn, ManagedPolicyArn] = [String(permission_set_arn), String(managed_policy_arn)]
      await sso.send(new AttachManagedPolicyToPermissionSetCommand({ InstanceArn, PermissionSetArn, ManagedPolicyArn }))
      await provisionAll(clients, PermissionSetArn)
      return `${ManagedPolicyArn},${PermissionSetArn}`
    },
    async read(id) {
      const [managed, PermissionSetArn = ''] = partsOf(id)
      const query = { InstanceArn, PermissionSetArn }
      const pages = paginateListManagedPoliciesInPermissionSet({ client: sso, pageSize: 1 }, query)
      const found = await orGone(
        (async () => {
          for await (const page of pages) {
            const policy = page.AttachedManagedPolicies?.find(({ Arn }) => Arn === managed)
            if (policy) return { permission_set_arn: PermissionSetArn, managed_policy_arn: policy.Arn }
          }
          return undefined
        })(),
      )
      return found
    },
    async delete(id) {
      const [ManagedPolicyArn = '', PermissionSetArn = ''] = partsOf(id)
      const answer = await orGone(
        sso.send(new DetachManagedPolicyFromPermissionSetCommand({ InstanceArn, PermissionSetArn, ManagedPolicyArn })),
      )
      if (answer !== undefined) await provisionAll(clients, PermissionSetArn)
    },
  }
}

export function customerManagedPolicyAttachment(clients: Clients): Kind {
  const { sso, instanceArn: InstanceArn } = clients
  return {
    async create({ permission_set_arn, name, path }) {
      const PermissionSetArn = String(permission_set_arn)
      const CustomerManagedPolicyReference = { Name: String(name), Path: String(path) }
      await sso.send(
        new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
          InstanceArn,
          PermissionSetArn,
          CustomerManagedPolicyReference,
        }),
      )
      await provisionAll(clients, PermissionSetArn)
      return `${name},${path},${PermissionSetArn}`
    },
    async read(id) {
      const [name, path, PermissionSetArn = ''] = partsOf(id)
      return await orGone(
        (async () => {
          const pages = paginateListCustomerManagedPolicyReferencesInPermissionSet(
            { client: sso },
            { InstanceArn, PermissionSetArn },
          )
          for await (const page of pages) {
            const isThis = ({ Name, Path }: CustomerManagedPolicyReference) => Name === name && Path === path
            if (page.CustomerManagedPolicyReferences?.some(isThis)) {
              return { permission_set_arn: PermissionSetArn, name, path }
            }
          }
          return undefined
        })(),
      )
    },
    async delete(id) {
      const [Name = '', Path = '', PermissionSetArn = ''] = partsOf(id)
      const CustomerManagedPolicyReference = { Name, Path }
      const answer = await orGone(
        sso.send(
          new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand({
            InstanceArn,
            PermissionSetArn,
            CustomerManagedPolicyReference,
          }),
        ),
      )
      if (answer !== undefined) await provisionAll(clients, PermissionSetArn)
    },
  }
}

export function permissionsBoundaryAttachment(clients: Clients): Kind {
  const { sso, instanceArn: InstanceArn } = clients
  return {
    async create({ permission_set_arn, permissions_boundary }) {
      const PermissionSetArn = String(permission_set_arn)
      await sso.send(
        new PutPermissionsBoundaryToPermissionSetCommand({
          InstanceArn,
          PermissionSetArn,
          PermissionsBoundary: permissions_boundary as PermissionsBoundary,
        }),
      )
      await provisionAll(clients, PermissionSetArn)
      return PermissionSetArn
    },
    async read(PermissionSetArn) {
      const answer = await orGone(
        sso.send(new GetPermissionsBoundaryForPermissionSetCommand({ InstanceArn, PermissionSetArn })),
      )
      return answer?.PermissionsBoundary
        ? { permission_set_arn: PermissionSetArn, permissions_boundary: answer.PermissionsBoundary }
        : undefined
    },
    async delete(PermissionSetArn) {
      await orGone(sso.send(new DeletePermissionsBoundaryFromPermissionSetCommand({ InstanceArn, PermissionSetArn })))
    },
  }
}
