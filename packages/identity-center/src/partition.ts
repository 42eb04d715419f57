/** The partition of AWS that a region belongs to, as every ARN names it (§0.2). */

type Partition = 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc'

/** A region that no other partition claims is one of `aws`, as AWS's tools have it. */
export function partitionOf(region: string): Partition {
  if (region.startsWith('cn-')) return 'aws-cn'
  if (region.startsWith('us-gov-')) return 'aws-us-gov'
  return region.startsWith('eusc-') ? 'aws-eusc' : 'aws'
}

/** What stands after `arn:`. */
export const partitionOfArn = (arn: string): string => arn.split(':')[1] ?? 'aws'
