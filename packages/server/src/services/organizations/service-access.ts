/** Which services the organization trusts. */

import type { OperationContext } from '../../operation/operation-context.ts'
import { changeOrganization, getOrganization, listOrganization, type OrganizationsApi } from './change.ts'
import { constraintViolation, invalidInput } from './exceptions.ts'

export const serviceAccess = {
  async EnableAWSServiceAccess({ ServicePrincipal }, context) {
    checkPrincipal(ServicePrincipal)
    return await changeOrganization(context, async (tx, { featureSet }) => {
      if (featureSet !== 'ALL') {
        const message = 'Trusted access needs an organization with all features.'
        throw constraintViolation('ORGANIZATION_NOT_IN_ALL_FEATURES_MODE', message)
      }
      await tx.serviceAccess.insert({ servicePrincipal: ServicePrincipal, enabledAt: context.clock.now() })
      return {}
    })
  },

  async DisableAWSServiceAccess({ ServicePrincipal }, context) {
    checkPrincipal(ServicePrincipal)
    return await changeOrganization(context, async (tx) => {
      const { items } = await tx.delegatedAdministrators.list(ServicePrincipal, { limit: 1 })
      if (items.length > 0) {
        const message = `Deregister the delegated administrators of ${ServicePrincipal} first.`
        throw constraintViolation('DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE', message)
      }
      await tx.serviceAccess.delete(ServicePrincipal)
      return {}
    })
  },

  async ListAWSServiceAccessForOrganization(input, context: OperationContext) {
    await getOrganization(context)
    const listing = { operation: 'ListAWSServiceAccessForOrganization', input }
    const { items, next } = await listOrganization(listing, context, (page) => context.store.serviceAccess.list(page))
    const EnabledServicePrincipals = items.map(({ servicePrincipal, enabledAt }) => ({
      ServicePrincipal: servicePrincipal,
      DateEnabled: enabledAt,
    }))
    return { EnabledServicePrincipals, ...next }
  },
} satisfies Partial<OrganizationsApi>

/** Throws `InvalidInputException` for what cannot be a service of AWS. */
export function checkPrincipal(principal: string): void {
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/.test(principal)) return
  throw invalidInput('UNRECOGNIZED_SERVICE_PRINCIPAL', 'A service principal looks like sso.amazonaws.com.')
}
