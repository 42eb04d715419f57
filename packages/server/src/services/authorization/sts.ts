/** The actions of sts and their resources. */

import { type ActionMapping, type AskedAction, keyed, requestTagKeys } from './asked-actions.ts'

export const stsActions: ActionMapping = ({ operation, input }) => {
  if (operation !== 'AssumeRole') return [{ action: `sts:${operation}`, resources: ['*'] }]
  const resources = [input.text('RoleArn') ?? '*']
  const tags = requestTagKeys(input)
  const transitive = input.texts('TransitiveTagKeys')
  const keys = {
    ...tags,
    ...(transitive.length === 0 ? {} : { 'sts:transitivetagkeys': transitive }),
    ...keyed('sts:externalid', input.text('ExternalId')),
    ...keyed('sts:rolesessionname', input.text('RoleSessionName')),
    ...keyed('sts:sourceidentity', input.text('SourceIdentity')),
  }
  const asked = (action: string): AskedAction => ({ action, resources, keys })
  return [
    asked('sts:AssumeRole'),
    ...(tags['aws:tagkeys'] ? [asked('sts:TagSession')] : []),
    ...(input.text('SourceIdentity') === undefined ? [] : [asked('sts:SetSourceIdentity')]),
  ]
}
