/** Where IAM answers: once a partition, whatever the region, as the published endpoint rule set has it. */

import type { Partition } from './partition.ts'

/** The region that a partition's IAM is signed for. */
const HOMES: Readonly<Record<string, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-eusc': 'eusc-de-east-1',
  'aws-iso': 'us-iso-east-1',
  'aws-iso-b': 'us-isob-east-1',
  'aws-iso-e': 'eu-isoe-west-1',
  'aws-iso-f': 'us-isof-south-1',
}

/** For the credential scope of what IAM is asked. */
export const iamSigningRegion = ({ id }: Partition): string => HOMES[id] ?? 'us-east-1'

export function iamEndpoint(
  partition: Partition,
  { fips, dualStack }: { readonly fips: boolean; readonly dualStack: boolean },
): string {
  const { id, suffix, dualStackSuffix } = partition
  const ending = dualStack ? dualStackSuffix : suffix
  // In GovCloud the usual host is the FIPS one.
  if (id === 'aws-us-gov') return `https://iam.us-gov.${ending}`
  const host = fips ? 'iam-fips' : 'iam'
  return `https://${host}${placeOf(partition, { fips, dualStack })}.${ending}`
}

/** What stands between the host and the partition's ending. */
function placeOf(
  partition: Partition,
  { fips, dualStack }: { readonly fips: boolean; readonly dualStack: boolean },
): string {
  const { id } = partition
  if (dualStack) return id === 'aws' || (id === 'aws-cn' && !fips) ? '.global' : ''
  if (id === 'aws') return ''
  const isNamed = !fips || id === 'aws-iso' || id === 'aws-iso-b'
  return isNamed ? `.${iamSigningRegion(partition)}` : ''
}
