/** The AWS SDK for JavaScript, unmodified and pointed at the server, and what it finds there by name. */

import * as identitystore from '@aws-sdk/client-identitystore'
import * as organizations from '@aws-sdk/client-organizations'
import * as ssoAdmin from '@aws-sdk/client-sso-admin'
import type { Keys } from './founder.ts'

export const need = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the answer lacks what it must have')
  return value
}

/** Runs the work side by side, eight at a time. */
export async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
    }),
  )
}

/** Ids by names. */
export type Ids = Map<string, string>

export class Sdk {
  readonly org: organizations.OrganizationsClient
  readonly sso: ssoAdmin.SSOAdminClient
  readonly store: identitystore.IdentitystoreClient
  readonly instanceArn: string
  readonly identityStoreId: string

  private constructor(options: ssoAdmin.SSOAdminClientConfig, sso: ssoAdmin.SSOAdminClient, of: [string, string]) {
    this.org = new organizations.OrganizationsClient(options)
    this.sso = sso
    this.store = new identitystore.IdentitystoreClient(options)
    ;[this.instanceArn, this.identityStoreId] = of
  }

  static async connect(origin: string, credentials: Keys): Promise<Sdk> {
    const options = { region: 'us-east-1', endpoint: origin, credentials }
    const sso = new ssoAdmin.SSOAdminClient(options)
    const { Instances = [] } = await sso.send(new ssoAdmin.ListInstancesCommand({}))
    const { InstanceArn, IdentityStoreId } = need(Instances[0])
    return new Sdk(options, sso, [need(InstanceArn), need(IdentityStoreId)])
  }

  async root(): Promise<string> {
    return need((await this.org.send(new organizations.ListRootsCommand({}))).Roots?.[0]?.Id)
  }

  /** Those at every depth below the parent. */
  async units(ParentId: string): Promise<Ids> {
    const found: Ids = new Map()
    const pages = organizations.paginateListOrganizationalUnitsForParent({ client: this.org }, { ParentId })
    for await (const { OrganizationalUnits = [] } of pages) {
      for (const { Name, Id } of OrganizationalUnits) {
        found.set(need(Name), need(Id))
        for (const [name, id] of await this.units(need(Id))) found.set(name, id)
      }
    }
    return found
  }

  async accounts(): Promise<Ids> {
    const found: Ids = new Map()
    for await (const { Accounts = [] } of organizations.paginateListAccounts({ client: this.org }, {})) {
      for (const { Name, Id } of Accounts) found.set(need(Name), need(Id))
    }
    return found
  }

  async groups(): Promise<Ids> {
    const found: Ids = new Map()
    const of = { IdentityStoreId: this.identityStoreId }
    for await (const { Groups = [] } of identitystore.paginateListGroups({ client: this.store }, of)) {
      for (const { DisplayName, GroupId } of Groups) found.set(need(DisplayName), need(GroupId))
    }
    return found
  }

  async users(): Promise<Ids> {
    const found: Ids = new Map()
    const of = { IdentityStoreId: this.identityStoreId }
    for await (const { Users = [] } of identitystore.paginateListUsers({ client: this.store, pageSize: 50 }, of)) {
      for (const { UserName, UserId } of Users) found.set(need(UserName), need(UserId))
    }
    return found
  }

  async permissionSets(): Promise<Ids> {
    const found: Ids = new Map()
    const of = { InstanceArn: this.instanceArn }
    for await (const { PermissionSets = [] } of ssoAdmin.paginateListPermissionSets({ client: this.sso }, of)) {
      for (const PermissionSetArn of PermissionSets) {
        const asked = new ssoAdmin.DescribePermissionSetCommand({ ...of, PermissionSetArn })
        found.set(need((await this.sso.send(asked)).PermissionSet?.Name), PermissionSetArn)
      }
    }
    return found
  }
}
