/** aws_ssoadmin_account_assignment and aws_ssoadmin_instance_access_control_attributes. */

import {
  CreateAccountAssignmentCommand,
  CreateInstanceAccessControlAttributeConfigurationCommand,
  DeleteAccountAssignmentCommand,
  DeleteInstanceAccessControlAttributeConfigurationCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribeInstanceAccessControlAttributeConfigurationCommand,
  type PrincipalType,
  paginateListAccountAssignments,
  UpdateInstanceAccessControlAttributeConfigurationCommand,
} from '@aws-sdk/client-sso-admin'
import { type Clients, need, orGone, partsOf, untilSucceeded } from './clients.ts'
import type { Attributes, Kind } from './engine.ts'

export function accountAssignment(clients: Clients): Kind {
  const { sso, instanceArn: InstanceArn } = clients
  const read = async (id: string): Promise<Attributes | undefined> => {
    const [principal_id, principal_type, target_id = '', , PermissionSetArn = ''] = partsOf(id)
    return await orGone(
      (async () => {
        const query = { InstanceArn, AccountId: target_id, PermissionSetArn }
        for await (const page of paginateListAccountAssignments({ client: sso, pageSize: 2 }, query)) {
          const found = page.AccountAssignments?.some(
            ({ PrincipalId, PrincipalType }) => PrincipalId === principal_id && PrincipalType === principal_type,
          )
          if (found) return { principal_id, principal_type, target_id, permission_set_arn: PermissionSetArn }
        }
        return undefined
      })(),
    )
  }
  const input = (id: string) => {
    const [PrincipalId = '', type, TargetId = '', , PermissionSetArn = ''] = partsOf(id)
    const PrincipalType = type as PrincipalType
    return { InstanceArn, PermissionSetArn, PrincipalId, PrincipalType, TargetId, TargetType: 'AWS_ACCOUNT' as const }
  }
  return {
    async create({ principal_id, principal_type, target_id, permission_set_arn }) {
      const id = [principal_id, principal_type, target_id, 'AWS_ACCOUNT', permission_set_arn, InstanceArn].join(',')
      // The provider looks first, and takes what is there for a conflict.
      if (await read(id)) throw new Error(`${id} exists`)
      const asked = await sso.send(new CreateAccountAssignmentCommand(input(id)))
      const AccountAssignmentCreationRequestId = need(asked.AccountAssignmentCreationStatus?.RequestId)
      await untilSucceeded(async () => {
        const answer = await sso.send(
          new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId }),
        )
        return answer.AccountAssignmentCreationStatus
      })
      return id
    },
    read,
    async delete(id) {
      const asked = await orGone(sso.send(new DeleteAccountAssignmentCommand(input(id))))
      if (asked === undefined) return
      const AccountAssignmentDeletionRequestId = need(asked.AccountAssignmentDeletionStatus?.RequestId)
      await untilSucceeded(async () => {
        const answer = await sso.send(
          new DescribeAccountAssignmentDeletionStatusCommand({ InstanceArn, AccountAssignmentDeletionRequestId }),
        )
        return answer.AccountAssignmentDeletionStatus
      })
    },
  }
}

export function accessControlAttributes({ sso, instanceArn: InstanceArn }: Clients): Kind {
  const configuration = (attributes: unknown) => ({
    AccessControlAttributes: Object.entries((attributes ?? {}) as Record<string, string>).map(([Key, source]) => ({
      Key,
      Value: { Source: [source] },
    })),
  })
  return {
    async create({ attribute }) {
      await sso.send(
        new CreateInstanceAccessControlAttributeConfigurationCommand({
          InstanceArn,
          InstanceAccessControlAttributeConfiguration: configuration(attribute),
        }),
      )
      return InstanceArn
    },
    async read() {
      const answer = await orGone(
        sso.send(new DescribeInstanceAccessControlAttributeConfigurationCommand({ InstanceArn })),
      )
      if (answer === undefined) return undefined
      const attributes = answer.InstanceAccessControlAttributeConfiguration?.AccessControlAttributes ?? []
      return { attribute: Object.fromEntries(attributes.map(({ Key, Value }) => [Key, Value?.Source?.[0]])) }
    },
    async update(_id, { attribute }) {
      await sso.send(
        new UpdateInstanceAccessControlAttributeConfigurationCommand({
          InstanceArn,
          InstanceAccessControlAttributeConfiguration: configuration(attribute),
        }),
      )
    },
    async delete() {
      await orGone(sso.send(new DeleteInstanceAccessControlAttributeConfigurationCommand({ InstanceArn })))
    },
  }
}
