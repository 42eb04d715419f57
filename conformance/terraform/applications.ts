/** aws_ssoadmin_application, what belongs to one, and aws_ssoadmin_trusted_token_issuer. */

import {
  CreateApplicationAssignmentCommand,
  CreateApplicationCommand,
  CreateTrustedTokenIssuerCommand,
  DeleteApplicationAccessScopeCommand,
  DeleteApplicationAssignmentCommand,
  DeleteApplicationCommand,
  DeleteTrustedTokenIssuerCommand,
  DescribeApplicationAssignmentCommand,
  DescribeApplicationCommand,
  DescribeTrustedTokenIssuerCommand,
  GetApplicationAccessScopeCommand,
  GetApplicationAssignmentConfigurationCommand,
  type PortalOptions,
  PutApplicationAccessScopeCommand,
  PutApplicationAssignmentConfigurationCommand,
  type TrustedTokenIssuerConfiguration,
  UpdateApplicationCommand,
  UpdateTrustedTokenIssuerCommand,
} from '@aws-sdk/client-sso-admin'
import { type Clients, need, orGone, partsOf, readTags, toTags, updateTags } from './clients.ts'
import type { Kind } from './engine.ts'

export function application(clients: Clients): Kind {
  const { sso, instanceArn: InstanceArn } = clients
  return {
    async create({ name, application_provider_arn, description, portal_options, status, tags }) {
      const made = await sso.send(
        new CreateApplicationCommand({
          InstanceArn,
          ApplicationProviderArn: String(application_provider_arn),
          Name: String(name),
          Description: description as string,
          PortalOptions: portal_options as PortalOptions,
          Status: status as 'ENABLED',
          Tags: toTags(tags),
          ClientToken: `create-${String(name).replaceAll(' ', '-')}`,
        }),
      )
      return need(made.ApplicationArn)
    },
    async read(ApplicationArn) {
      const found = await orGone(sso.send(new DescribeApplicationCommand({ ApplicationArn })))
      if (found === undefined) return undefined
      return {
        name: found.Name,
        application_provider_arn: found.ApplicationProviderArn,
        description: found.Description,
        portal_options: found.PortalOptions,
        status: found.Status,
        tags: await readTags(clients, ApplicationArn),
      }
    },
    async update(ApplicationArn, config, before) {
      const portal = config['portal_options'] as PortalOptions | undefined
      await sso.send(
        new UpdateApplicationCommand({
          ApplicationArn,
          Name: String(config['name']),
          Description: config['description'] as string,
          Status: config['status'] as 'ENABLED',
          ...(portal?.SignInOptions === undefined ? {} : { PortalOptions: { SignInOptions: portal.SignInOptions } }),
        }),
      )
      await updateTags(clients, ApplicationArn, config['tags'], before['tags'])
    },
    async delete(ApplicationArn) {
      await orGone(sso.send(new DeleteApplicationCommand({ ApplicationArn })))
    },
  }
}

export function applicationAssignment({ sso }: Clients): Kind {
  const input = (id: string) => {
    const [ApplicationArn = '', PrincipalId = '', type] = partsOf(id)
    return { ApplicationArn, PrincipalId, PrincipalType: type as 'USER' }
  }
  return {
    async create({ application_arn, principal_id, principal_type }) {
      const id = [application_arn, principal_id, principal_type].join(',')
      await sso.send(new CreateApplicationAssignmentCommand(input(id)))
      return id
    },
    async read(id) {
      const found = await orGone(sso.send(new DescribeApplicationAssignmentCommand(input(id))))
      return (
        found && {
          application_arn: found.ApplicationArn,
          principal_id: found.PrincipalId,
          principal_type: found.PrincipalType,
        }
      )
    },
    async delete(id) {
      await orGone(sso.send(new DeleteApplicationAssignmentCommand(input(id))))
    },
  }
}

export function applicationAssignmentConfiguration({ sso }: Clients): Kind {
  const put = async (ApplicationArn: string, AssignmentRequired: boolean): Promise<void> => {
    await sso.send(new PutApplicationAssignmentConfigurationCommand({ ApplicationArn, AssignmentRequired }))
  }
  return {
    async create({ application_arn, assignment_required }) {
      await put(String(application_arn), assignment_required === true)
      return String(application_arn)
    },
    async read(ApplicationArn) {
      const found = await orGone(sso.send(new GetApplicationAssignmentConfigurationCommand({ ApplicationArn })))
      return found && { application_arn: ApplicationArn, assignment_required: found.AssignmentRequired }
    },
    update: (id, { assignment_required }) => put(id, assignment_required === true),
    // The provider puts back what AWS has by default.
    async delete(ApplicationArn) {
      await orGone(put(ApplicationArn, true))
    },
  }
}

export function applicationAccessScope({ sso }: Clients): Kind {
  return {
    async create({ application_arn, scope, authorized_targets }) {
      await sso.send(
        new PutApplicationAccessScopeCommand({
          ApplicationArn: String(application_arn),
          Scope: String(scope),
          AuthorizedTargets: authorized_targets as string[],
        }),
      )
      return `${application_arn},${scope}`
    },
    async read(id) {
      const [ApplicationArn = '', Scope = ''] = partsOf(id)
      const found = await orGone(sso.send(new GetApplicationAccessScopeCommand({ ApplicationArn, Scope })))
      return (
        found && { application_arn: ApplicationArn, scope: found.Scope, authorized_targets: found.AuthorizedTargets }
      )
    },
    async delete(id) {
      const [ApplicationArn = '', Scope = ''] = partsOf(id)
      await orGone(sso.send(new DeleteApplicationAccessScopeCommand({ ApplicationArn, Scope })))
    },
  }
}

export function trustedTokenIssuer(clients: Clients): Kind {
  const { sso, instanceArn: InstanceArn } = clients
  return {
    async create({ name, configuration, tags }) {
      const made = await sso.send(
        new CreateTrustedTokenIssuerCommand({
          InstanceArn,
          Name: String(name),
          TrustedTokenIssuerType: 'OIDC_JWT',
          TrustedTokenIssuerConfiguration: configuration as TrustedTokenIssuerConfiguration,
          Tags: toTags(tags),
          ClientToken: `create-${String(name).replaceAll(' ', '-')}`,
        }),
      )
      return need(made.TrustedTokenIssuerArn)
    },
    async read(TrustedTokenIssuerArn) {
      const found = await orGone(sso.send(new DescribeTrustedTokenIssuerCommand({ TrustedTokenIssuerArn })))
      if (found === undefined) return undefined
      return {
        name: found.Name,
        configuration: found.TrustedTokenIssuerConfiguration,
        tags: await readTags(clients, TrustedTokenIssuerArn),
      }
    },
    async update(TrustedTokenIssuerArn, config, before) {
      const { IssuerUrl: _, ...OidcJwtConfiguration } =
        (config['configuration'] as { OidcJwtConfiguration?: Record<string, string> }).OidcJwtConfiguration ?? {}
      await sso.send(
        new UpdateTrustedTokenIssuerCommand({
          TrustedTokenIssuerArn,
          Name: String(config['name']),
          TrustedTokenIssuerConfiguration: { OidcJwtConfiguration },
        }),
      )
      await updateTags(clients, TrustedTokenIssuerArn, config['tags'], before['tags'])
    },
    async delete(TrustedTokenIssuerArn) {
      await orGone(sso.send(new DeleteTrustedTokenIssuerCommand({ TrustedTokenIssuerArn })))
    },
  }
}
