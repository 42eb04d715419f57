/** The actions of sts and their resources. */

import type { AccountCaller } from '../../caller/caller.ts'
import { type ActionMapping, type AskedAction, keyed, requestTagKeys } from './asked-actions.ts'

export const stsActions: ActionMapping = ({ operation, input, caller, partition }) => {
  if (operation === 'GetFederationToken') {
    const resource = `arn:${partition}:sts::${caller.accountId}:federated-user/${input.text('Name') ?? '*'}`
    return [{ action: 'sts:GetFederationToken', resources: [resource] }]
  }
  if (operation !== 'AssumeRole') return [{ action: `sts:${operation}`, resources: ['*'] }]
  const resources = [input.arn('RoleArn', partition) ?? '*']
  const tags = requestTagKeys(input)
  const transitive = input.texts('TransitiveTagKeys')
  // What a session was given for itself goes on to the next one, whose trust policy must take it.
  const passesTags =
    tags['aws:tagkeys'] !== undefined || (caller.type === 'role' && caller.transitiveTagKeys.length > 0)
  const sourceIdentity = input.text('SourceIdentity') ?? findPassedIdentity(caller)
  const keys = {
    ...tags,
    ...(transitive.length === 0 ? {} : { 'sts:transitivetagkeys': transitive }),
    ...keyed('sts:externalid', input.text('ExternalId')),
    ...keyed('sts:rolesessionname', input.text('RoleSessionName')),
    ...keyed('sts:sourceidentity', sourceIdentity),
  }
  const asked = (action: string): AskedAction => ({ action, resources, keys })
  return [
    asked('sts:AssumeRole'),
    ...(passesTags ? [asked('sts:TagSession')] : []),
    ...(sourceIdentity === undefined ? [] : [asked('sts:SetSourceIdentity')]),
  ]
}

/** Of a user whose name is no session name the server itself says who it is (§3.2): no trust policy has to know of that. */
const findPassedIdentity = (caller: AccountCaller): string | undefined =>
  caller.type === 'iam-user' || caller.sourceIdentity === caller.userId ? undefined : caller.sourceIdentity
