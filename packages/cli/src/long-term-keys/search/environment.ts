/** Long-term keys in this process's environment, named by their variables. */

import type { Environment } from '../../machine/machine.ts'
import type { Detected, DetectKeys } from '../detection/detected.ts'
import type { FoundKey, KeyUse } from '../key/found-key.ts'

/** What a key's two variables differ by: `PROD_AWS_ACCESS_KEY_ID`, `PROD_AWS_SECRET_ACCESS_KEY`. */
const PART = /_?(?:SECRET_?ACCESS_?KEY|ACCESS_?KEY_?ID|ACCESS_?KEY|SECRET_?KEY|SECRET|KEY_?ID|ID)$/i

/** A key that two variables hold, its id and its secret, is found once, under the name of the id's. */
export function searchEnvironment(env: Environment, detect: DetectKeys): readonly FoundKey[] {
  const families = new Map<string, string[]>()
  for (const name of Object.keys(env).sort()) {
    const family = PART.test(name) ? name.replace(PART, '').toLowerCase() : `=${name}`
    families.set(family, [...(families.get(family) ?? []), name])
  }
  const found: FoundKey[] = []
  for (const names of families.values()) {
    const lines = names.map((name) => ({ name, text: `${name}=${env[name] ?? ''}\n` }))
    for (const detected of detect(lines.map(({ text }) => text).join(''))) {
      found.push(foundIn(variableOf(lines, detected), env, detected))
    }
  }
  return found
}

function variableOf(lines: readonly { name: string; text: string }[], { idAt, secretAt }: Detected): string {
  const start = (idAt ?? secretAt)?.start ?? 0
  let end = 0
  for (const { name, text } of lines) {
    end += text.length
    if (start < end) return name
  }
  return lines[0]?.name ?? ''
}

function foundIn(variable: string, env: Environment, detected: Detected): FoundKey {
  const { accessKeyId, accountId, isCanary, secret } = detected
  return {
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(accountId !== undefined && { accountId }),
    ...(secret && { secret }),
    isCanary,
    place: { type: 'environment', variable },
    kind: 'environment',
    uses: usesOfVariable(variable, env),
  }
}

/** Who reads a variable. Variables of other names are read by whoever was told to: nobody knows that here. */
function usesOfVariable(variable: string, env: Environment): readonly KeyUse[] {
  if (/^AWS_(?:ACCESS_KEY(?:_ID)?|SECRET_(?:ACCESS_)?KEY)$/.test(variable)) {
    const profile = env['AWS_PROFILE'] ?? env['AWS_DEFAULT_PROFILE']
    const note = profile ? `wins over AWS_PROFILE=${profile} in most tools` : 'wins over the profile default'
    return [{ tool: 'AWS CLI and SDKs', note }]
  }
  const [, terraform] = /^TF_VAR_(.+)$/.exec(variable) ?? []
  if (terraform !== undefined) return [{ tool: 'Terraform', name: terraform }]
  const [, remote] = /^RCLONE_CONFIG_(.+)_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)$/.exec(variable) ?? []
  if (remote !== undefined) return [{ tool: 'rclone', name: remote.toLowerCase() }]
  if (/^RCLONE_S3_/.test(variable)) return [{ tool: 'rclone' }]
  if (/^(?:MINIO|MC_HOST)_/.test(variable)) return [{ tool: 'MinIO', name: variable }]
  if (/^PLUGIN_|^DRONE_/.test(variable)) return [{ tool: 'Drone' }]
  return []
}
