/** Which profiles of the AWS CLI and the SDKs use a key of the shared files, and what wins over it. */

import type { KeyUse } from '../../key/found-key.ts'

const TOOL = 'AWS CLI and SDKs'

export interface ProfileFacts {
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  /** The texts of the shared config file and the shared credentials file. */
  readonly configText?: string | undefined
  readonly credentialsText?: string | undefined
}

interface Section {
  readonly profile: string
  readonly settings: ReadonlyMap<string, string>
}

/** `section` is as the file writes it. */
export function usesOfProfile(
  section: string,
  file: 'aws-config' | 'aws-credentials',
  facts: ProfileFacts,
): readonly KeyUse[] {
  const profile = file === 'aws-config' ? profileOf(section) : section
  const note = findWinner(profile, file, facts)
  const own = { tool: TOOL, name: profile, ...(note !== undefined && { note }) }
  const others = listSections(facts.configText ?? '').filter(
    (each) => each.settings.get('source_profile') === profile && each.profile !== profile,
  )
  const roles = others.map((each) => ({ tool: TOOL, name: each.profile, note: `through source_profile = ${profile}` }))
  return [own, ...roles]
}

const profileOf = (section: string): string => section.replace(/^profile\s+/, '').replace(/^(["'])(.*)\1$/, '$2')

function findWinner(profile: string, file: string, { env = {}, credentialsText }: ProfileFacts): string | undefined {
  const chosen = env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || 'default'
  if (env['AWS_ACCESS_KEY_ID'] && profile === chosen) return 'AWS_ACCESS_KEY_ID in the environment wins over it'
  const isShadowed =
    file === 'aws-config' &&
    listSections(credentialsText ?? '').some(
      (each) => each.profile === profile && each.settings.has('aws_access_key_id'),
    )
  return isShadowed ? 'the shared credentials file has another key for it, which wins' : undefined
}

/** Settings that belong to another one (indented) do not count. */
function listSections(text: string): readonly Section[] {
  const sections: { profile: string; settings: Map<string, string> }[] = []
  for (const whole of text.slice(0, 2_000_000).split('\n')) {
    const line = whole.slice(0, 500).trimEnd()
    const header = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line)?.[1]
    if (header !== undefined) sections.push({ profile: profileOf(header), settings: new Map() })
    const [, name = '', value = ''] = /^([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (name !== '') sections.at(-1)?.settings.set(name.toLowerCase(), value)
  }
  return sections
}
