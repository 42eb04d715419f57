/** The profile for which the portal refused role credentials: whoever tells of it can name a role that is near. */

import { ServiceException } from '@mayfly/wire/model/service-exception'
import type { SsoProfile } from '../shared-config/profile.ts'

/** The error itself, which from now on knows the profile when it is the service's own. */
export const nameRefusedProfile = (error: unknown, profile: SsoProfile): unknown =>
  error instanceof ServiceException ? Object.assign(error, { refusedProfile: profile }) : error

export function findRefusedProfile(error: unknown): SsoProfile | undefined {
  return error instanceof ServiceException && 'refusedProfile' in error
    ? (error.refusedProfile as SsoProfile)
    : undefined
}
