/** The name that stands before a value, and what it says the value is. */

/**
 * `strong`: says secret access key. `medium`: says secret, and nothing against it. `weak`: says nothing, or no more than
 * password or key. `foreign`: says something else.
 */
export type NameWeight = 'strong' | 'medium' | 'weak' | 'foreign'

export interface ValueName {
  /** As written; empty where none stands there. */
  readonly text: string
  readonly weight: NameWeight
  /** What is left of the name without the words for keys: `prod` of `PROD_AWS_SECRET_ACCESS_KEY`. */
  readonly stem: string
}

/** Characters before a value in which its name is looked for. */
const REACH = 200

/** The name of the value that begins at `start`; nothing before `from` counts, where the value before it ends. */
export function findValueName(text: string, start: number, from: number): ValueName {
  const before = withoutEscapes(text.slice(Math.max(from, start - REACH), start))
  const name = findName(before)
  const weight = weigh(name)
  // { "name": "AWS_SECRET_ACCESS_KEY", "value": "…" }: what is named is said by the value before.
  const isNameless =
    weight === 'weak' && (name === '' || /^(env)?(value|val|default|content|text|data|string)$/.test(squeeze(name)))
  if (isNameless) {
    const spelled = [...before.matchAll(/[a-z0-9_.-]*secret[a-z0-9_.-]*(?: access)?(?: key)?/gi)].at(-1)?.[0]
    if (spelled !== undefined && weigh(spelled) !== 'foreign')
      return {
        text: spelled,
        weight: name === '' && weigh(spelled) === 'medium' ? 'weak' : weigh(spelled),
        stem: stemOf(spelled),
      }
  }
  return { text: name, weight, stem: stemOf(name) }
}

const squeeze = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

// What other things are called that have forty characters, or a secret that is not AWS's.
const FOREIGN =
  /token|sha\d|sha$|hash|digest|checksum|commit|integrity|signature|nonce|salt|etag|uuid|guid|fingerprint|revision|client|consumer|webhook|cookie|session|csrf|oauth|public|apikey|apisecret|appsecret|jwt|etag|version|encrypt|hmac|signing|sentry|stripe|slack|github|gitlab|twilio|heroku|minio|wasabi|azure|google|gcp|alibaba|aliyun/

/** What a name says its value is. */
export function weigh(name: string): NameWeight {
  const plain = squeeze(name)
  if (plain === '' || /^a[ks]ia[a-z2-7]{16}$/.test(plain)) return 'weak'
  if (/secretaccesskey|secretaccess$|aws.*secret|secret.*aws|amazon.*secret/.test(plain)) return 'strong'
  if (FOREIGN.test(plain)) return 'foreign'
  if (plain.includes('secret')) return 'medium'
  if (/pass|pwd|pw$|key\d*$|sk$|sec$|value|val$|default|content|text|data|string|cred|private|auth/.test(plain))
    return 'weak'
  return plain.length <= 3 ? 'weak' : 'foreign'
}

/** In `<Pass encoding="base64">` what is said last says nothing. */
function findName(before: string): string {
  const name = nameAtEnd(before)
  const element = /<([A-Za-z][\w.:-]{0,60})(?:\s[^<>]{0,100})?>\s*$/.exec(before)?.[1]
  return element !== undefined && weigh(name) === 'foreign' ? element : name
}

/** `aws_secret_access_key` of `"aws_secret_access_key": "`; empty where a list, an argument or a line begins. */
function nameAtEnd(before: string): string {
  const gap = /[\s"'`\\=:>([{,;|<!]*$/.exec(before)?.[0] ?? ''
  const head = before.slice(0, before.length - gap.length)
  const name = /(?:[A-Za-z0-9_.$-]{1,80} ){0,3}[A-Za-z0-9_.$-]{1,80}$/.exec(head.slice(-100))?.[0] ?? ''
  const last = name.split(' ').at(-1) ?? ''
  // After a comma or a bracket begins another value: what stands before is no name of it.
  // That is, but for a list: secrets = ["…
  if (/[,;|]/.test(gap) || (/[([{]/.test(gap) && !/[=:>]\s*[[({]["'`\\\s]*$/.test(gap))) return ''
  // A word and a space: a name where it says so (`--secret-key VALUE`), else a word of a sentence.
  if (/[=:>]/.test(gap))
    return /secret|key/i.test(name) && !/secret|key$/i.test(last) ? name : isSpaced(name) ? name : last
  return /secret/i.test(last) ? last : ''
}

/** `Secret access key` in three words. */
const isSpaced = (name: string): boolean => /secret access key$/i.test(name)

const KEY_WORDS =
  /^(?:aws|amazon|access|key|keys|id|ids|secret|secrets|iam|user|username|password|pass|value|name|export|set|env|sk|ak|setx|e|gx|x|var|default)$/

/** What of a name tells one key from another. */
const stemOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .replace(/accesskeyid|secretaccesskey|accesskey|secretkey|keyid/g, ' ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !KEY_WORDS.test(word))
    .join(' ')

/** Escapes of JSON, URLs and XML as the characters that they stand for. */
const withoutEscapes = (text: string): string =>
  text
    .replace(/\\+[nr]/g, '\n')
    .replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/%([0-7][0-9a-f])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&(?:quot|apos|#34|#39|#x22|#x27);/gi, '"')
    .replace(/\$\{(\w+):?[-=]$/, '$1=')
    .replace(/&(?:gt|lt|#61|#x3d);/gi, '=')
