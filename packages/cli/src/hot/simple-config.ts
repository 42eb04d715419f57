/** A config file as most people have it. Whatever is not plain is left to the whole program. */

export type Values = Readonly<Record<string, string>>

/** The sections that matter here; nothing when the file holds anything that this reader does not fully understand. */
export interface SimpleConfig {
  readonly profile: Values | undefined
  readonly sessions: Readonly<Record<string, Values | undefined>>
}

/**
 * Reads plain `[header]` and `name = value` lines in ASCII, and passes over indented lines of other sections. Quotes in a
 * header, a header or name that comes twice, [DEFAULT], and odd lines give nothing: they decide what the file means.
 */
export function readSimpleConfig(text: string, profileName: string): SimpleConfig | undefined {
  const headers = new Set<string>()
  const sessions: Record<string, Values | undefined> = Object.create(null)
  let profile: Values | undefined
  let section: Record<string, string> | undefined
  let matters = false
  let hasOption = false
  for (const line of text.split(/\r\n?|\n/)) {
    if (/^[ \t]*([#;]|$)/.test(line)) continue
    if (/[^\t -~]/.test(line)) return undefined
    const header = /^\[([^\]"'\\]+)\][ \t]*$/.exec(line)?.[1]
    if (header !== undefined) {
      if (headers.has(header) || header === 'DEFAULT') return undefined
      headers.add(header)
      section = Object.create(null) as Record<string, string>
      hasOption = false
      const name = nameIn(header, 'profile')
      const session = nameIn(header, 'sso-session')
      matters = name === profileName || session !== undefined
      if (name === profileName) profile = section
      if (session !== undefined) sessions[session] = section
      continue
    }
    if (/^[ \t]/.test(line)) {
      if (matters || !hasOption || !line.includes('=')) return undefined
      continue
    }
    const [, key, value] = /^([\w.-]+)[ \t]*[=:](.*)$/.exec(line) ?? []
    if (!section || key === undefined || value === undefined) return undefined
    const name = key.toLowerCase()
    if (name in section) return undefined
    section[name] = value.trim()
    hasOption = true
  }
  return { profile, sessions }
}

/** `dev` of `profile dev`. A header that only begins with the type counts too, as for botocore. */
function nameIn(header: string, type: string): string | undefined {
  if (header === 'default') return type === 'profile' ? header : undefined
  const words = header.split(/[ \t]+/).filter((word) => word !== '')
  return header.startsWith(type) && words.length === 2 ? words[1] : undefined
}
