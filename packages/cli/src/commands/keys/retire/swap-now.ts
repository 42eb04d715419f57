/** The swap of a retirement that is planned, or was cut off. */

import { getRetirement, openAccessPath, testProfile } from '../../../long-term-keys/retirement/access-path.ts'
import { withRetirement } from '../../../long-term-keys/retirement/journal.ts'
import type { Retirement } from '../../../long-term-keys/retirement/retirement.ts'
import { swapFiles } from '../../../long-term-keys/retirement/swap.ts'
import type { Machine } from '../../../machine/machine.ts'
import type { OptionValues } from '../../command.ts'

/** Another terminal may have done it by now: then it is as it says. */
export const goOnSwapping = (machine: Machine, options: OptionValues, accessKeyId: string): Promise<Retirement> =>
  withRetirement(machine, accessKeyId, async () => {
    const retirement = await getRetirement(machine, accessKeyId)
    if (retirement.step !== 'planned' && retirement.step !== 'swapping') return retirement
    return swapFiles(machine, retirement, async () =>
      retirement.edits.length > 0
        ? testProfile(machine, options, retirement)
        : (await openAccessPath(machine, options, retirement.asProfile)).identity.arn,
    )
  })
