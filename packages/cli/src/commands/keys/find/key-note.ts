/** The line that other commands end with where long-term keys lie in AWS's own files or in the environment. */

import { searchUsualPlaces } from '../../../long-term-keys/search/usual-places.ts'
import type { Machine } from '../../../machine/machine.ts'

/** `! 2 long-term keys are still here. What would replace them: mayfly keys plan`; nothing where there is none. */
export async function noteKeys(
  machine: Machine,
  { configPath, credentialsPath }: { readonly configPath: string; readonly credentialsPath: string },
): Promise<string> {
  const found = await searchUsualPlaces(machine, [credentialsPath, configPath])
  const keys = new Set(found.filter(({ isCanary }) => !isCanary).flatMap(({ accessKeyId }) => accessKeyId ?? []))
  if (keys.size === 0) return ''
  const what = keys.size === 1 ? '1 long-term key is still here' : `${keys.size} long-term keys are still here`
  return `! ${what}. What would replace ${keys.size === 1 ? 'it' : 'them'}: mayfly keys plan\n`
}
