/** Single entries of large files, found without reading all of them. */

export type PromptValues = Readonly<Record<string, string | undefined>>

/**
 * The values of a section, read as plainly as a prompt needs them. `type` is `profile` or `sso-session`; empty for a
 * header that is a name alone. A profile of Mayfly's sealed form reads as the one that it stands for.
 */
export function findIniSection(text: string, type: string, name: string): PromptValues | undefined {
  const start = findHeader(text, type, name)
  if (start === undefined) return undefined
  const next = /^[ \t]*\[/m.exec(text.slice(start, start + LONGEST_SECTION))
  const body = text.slice(start, start + (next?.index ?? LONGEST_SECTION))
  const values: Record<string, string> = Object.create(null)
  for (const [, key = '', value = ''] of body.matchAll(/^([\w.-]+)[ \t]*[=:][ \t]*(.*?)[ \t]*\r?$/gm)) {
    values[key.toLowerCase()] = value
  }
  return { ...values, ...readOwnProcess(values['credential_process']) }
}

/** Where the line of a section's header ends. As nearly everybody writes it, it is found without an expression. */
function findHeader(text: string, type: string, name: string): number | undefined {
  const plain = `\n[${type === '' ? '' : `${type} `}${name}]\n`
  const place = text.indexOf(plain)
  if (place >= 0) return place + plain.length - 1
  const escaped = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const prefix = type === '' || (type === 'profile' && name === 'default') ? `(?:${type}[ \\t]+)?` : `${type}[ \\t]+`
  const header = new RegExp(`^[ \\t]*\\[[ \\t]*${prefix}(["']?)${escaped}\\1[ \\t]*\\].*$`, 'm').exec(text)
  return header ? header.index + header[0].length : undefined
}

const LONGEST_SECTION = 16_384

const OWN_PROCESS = /mayfly(-credentials)?(\.cjs|\.exe|\.cmd)?["']?\s/i
const WORD = /"([^"]*)"|((?:\\[\s\S]|[^\s\\"])+)/g

/** The `sso_*` keys that a credential_process of Mayfly's stands for. */
function readOwnProcess(command: string | undefined): PromptValues {
  if (command === undefined || !OWN_PROCESS.test(command)) return {}
  const words = [...command.matchAll(WORD)].map(([, quoted, plain = '']) => quoted ?? plain.replace(/\\(\W)/g, '$1'))
  const after = (option: string): string | undefined => {
    const index = words.indexOf(option)
    return index < 0 ? undefined : words[index + 1]
  }
  const found = {
    sso_session: after('--sso-session'),
    sso_start_url: after('--sso-start-url'),
    sso_account_id: after('--account-id'),
    sso_role_name: after('--role-name'),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** An account's name out of what the portal said of all of them; thousands, in one line of JSON. */
export function findAccountName(index: string, accountId: string): string | undefined {
  const place = index.indexOf(`"accountId":"${accountId}"`)
  if (place < 0) return undefined
  const [start, end] = [index.lastIndexOf('{', place), index.indexOf('}', place)]
  try {
    const { accountName } = JSON.parse(index.slice(start, end + 1)) as { accountName?: unknown }
    return typeof accountName === 'string' && accountName !== '' ? accountName : undefined
  } catch {
    return undefined
  }
}
