/** Where the services of an Identity Center of one's own answer, as its other profiles say. */

import type { Platform } from '../../../machine/machine.ts'
import type { IniSection } from '../../../shared-config/ini.ts'
import { type ProfileRole, parseOwnProcess } from '../../../shared-config/profile-form.ts'

/** `endpoint_url` of a profile that signs in by the same session: a new one would look for AWS without it. */
export function findEndpoint(
  sections: readonly IniSection[],
  { sessionName }: ProfileRole,
  platform: Platform,
): string | undefined {
  if (sessionName === undefined) return undefined
  for (const { options } of sections) {
    const find = (name: string): string | undefined => options.find((option) => option.name === name)?.value
    const command = find('credential_process')
    const session = find('sso_session') ?? (command && parseOwnProcess(command, platform)?.sessionName)
    const endpoint = find('endpoint_url')
    if (session === sessionName && endpoint) return endpoint
  }
  return undefined
}
