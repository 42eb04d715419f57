/** aws_identitystore_user, aws_identitystore_group and aws_identitystore_group_membership. */

import {
  type AttributeOperation,
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteGroupMembershipCommand,
  DeleteUserCommand,
  DescribeGroupCommand,
  DescribeGroupMembershipCommand,
  DescribeUserCommand,
  type Email,
  type Name,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-identitystore'
import { type Clients, need, orGone } from './clients.ts'
import type { Kind } from './engine.ts'

/** The id of each is `<identity store>/<id>`. */
const lastOf = (id: string): string => id.split('/').at(-1) ?? ''

/** What the provider calls an attribute, and its path in UpdateUser. */
const USER_PATHS: Readonly<Record<string, string>> = {
  display_name: 'displayName',
  title: 'title',
  nickname: 'nickName',
  locale: 'locale',
}
const NAME_PATHS: Readonly<Record<string, string>> = {
  GivenName: 'name.givenName',
  FamilyName: 'name.familyName',
  MiddleName: 'name.middleName',
}

export function user({ store, identityStoreId: IdentityStoreId }: Clients): Kind {
  return {
    async create({ user_name, display_name, title, nickname, locale, name, emails }) {
      const made = await store.send(
        new CreateUserCommand({
          IdentityStoreId,
          UserName: String(user_name),
          DisplayName: String(display_name),
          Title: title as string,
          NickName: nickname as string,
          Locale: locale as string,
          Name: name as Name,
          Emails: emails as Email[],
        }),
      )
      return `${IdentityStoreId}/${need(made.UserId)}`
    },
    async read(id) {
      const found = await orGone(store.send(new DescribeUserCommand({ IdentityStoreId, UserId: lastOf(id) })))
      if (found === undefined) return undefined
      return {
        user_name: found.UserName,
        display_name: found.DisplayName,
        title: found.Title,
        nickname: found.NickName,
        locale: found.Locale,
        name: found.Name,
        emails: found.Emails,
      }
    },
    async update(id, config, before) {
      const Operations: AttributeOperation[] = []
      for (const [attribute, AttributePath] of Object.entries(USER_PATHS)) {
        if (config[attribute] === before[attribute]) continue
        Operations.push({ AttributePath, AttributeValue: (config[attribute] as string | undefined) ?? null })
      }
      const [now, then] = [config['name'] as Record<string, string>, before['name'] as Record<string, string>]
      for (const [member, AttributePath] of Object.entries(NAME_PATHS)) {
        if (now[member] !== then[member]) Operations.push({ AttributePath, AttributeValue: now[member] ?? null })
      }
      const emails = config['emails'] as Email[] | undefined
      if (JSON.stringify(emails) !== JSON.stringify(before['emails'])) {
        const AttributeValue =
          emails?.map(({ Value = '', Type = '', Primary = false }) => ({
            value: Value,
            type: Type,
            primary: Primary,
          })) ?? null
        Operations.push({ AttributePath: 'emails', AttributeValue })
      }
      await store.send(new UpdateUserCommand({ IdentityStoreId, UserId: lastOf(id), Operations }))
    },
    async delete(id) {
      await orGone(store.send(new DeleteUserCommand({ IdentityStoreId, UserId: lastOf(id) })))
    },
  }
}

export function group({ store, identityStoreId: IdentityStoreId }: Clients): Kind {
  return {
    async create({ display_name, description }) {
      const made = await store.send(
        new CreateGroupCommand({
          IdentityStoreId,
          DisplayName: String(display_name),
          Description: description as string,
        }),
      )
      return `${IdentityStoreId}/${need(made.GroupId)}`
    },
    async read(id) {
      const found = await orGone(store.send(new DescribeGroupCommand({ IdentityStoreId, GroupId: lastOf(id) })))
      return found && { display_name: found.DisplayName, description: found.Description }
    },
    async update(id, { display_name, description }) {
      await store.send(
        new UpdateGroupCommand({
          IdentityStoreId,
          GroupId: lastOf(id),
          Operations: [
            { AttributePath: 'displayName', AttributeValue: String(display_name) },
            { AttributePath: 'description', AttributeValue: (description as string | undefined) ?? null },
          ],
        }),
      )
    },
    async delete(id) {
      await orGone(store.send(new DeleteGroupCommand({ IdentityStoreId, GroupId: lastOf(id) })))
    },
  }
}

export function groupMembership({ store, identityStoreId: IdentityStoreId }: Clients): Kind {
  return {
    async create({ group_id, member_id }) {
      const made = await store.send(
        new CreateGroupMembershipCommand({
          IdentityStoreId,
          GroupId: String(group_id),
          MemberId: { UserId: String(member_id) },
        }),
      )
      return `${IdentityStoreId}/${need(made.MembershipId)}`
    },
    async read(id) {
      const MembershipId = lastOf(id)
      const found = await orGone(store.send(new DescribeGroupMembershipCommand({ IdentityStoreId, MembershipId })))
      return found && { group_id: found.GroupId, member_id: found.MemberId?.UserId }
    },
    async delete(id) {
      await orGone(store.send(new DeleteGroupMembershipCommand({ IdentityStoreId, MembershipId: lastOf(id) })))
    },
  }
}
