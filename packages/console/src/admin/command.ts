/** A call as a line for the terminal: the AWS CLI's for what AWS publishes, curl's for what it does not. */
import { type Call, TARGET_PREFIXES } from './call.ts'

export interface CommandPlace {
  /** Where the server is found, such as `https://sso.example.org`. */
  origin: string
  region: string
}

/** A command that makes the call, to paste into a shell of Linux or macOS. */
export function formatCommand(call: Call, place: CommandPlace): string {
  return call.service === 'mayfly' ? formatCurl(call, place) : formatAwsCli(call, place)
}

/** What is sent as the body of the request. */
export function formatInput({ input }: Call): string {
  return JSON.stringify(input, undefined, 2)
}

function formatAwsCli({ service, operation, input }: Call, { origin, region }: CommandPlace): string {
  const options = Object.entries(input).map(([member, value]) => {
    const option = `--${kebab(member)}`
    if (typeof value === 'boolean') return value ? option : `--no-${kebab(member)}`
    return `${option} ${quote(typeof value === 'object' ? JSON.stringify(value) : String(value))}`
  })
  return [
    `aws ${service} ${kebab(operation)}`,
    ...options,
    `--region ${quote(region)}`,
    `--endpoint-url ${quote(origin)}`,
  ].join(' \\\n  ')
}

/** curl 7.75 and newer sign by themselves; the keys come from the environment. */
function formatCurl({ service, operation, input }: Call, { origin, region }: CommandPlace): string {
  return [
    `curl ${quote(`${origin}/`)}`,
    `--aws-sigv4 ${quote(`aws:amz:${region}:${service}`)}`,
    '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
    '--header "X-Amz-Security-Token: $AWS_SESSION_TOKEN"',
    `--header 'Content-Type: application/x-amz-json-1.1'`,
    `--header 'X-Amz-Target: ${TARGET_PREFIXES[service]}.${operation}'`,
    `--data ${quote(JSON.stringify(input))}`,
  ].join(' \\\n  ')
}

/** `CreateOIDCThing` → `create-oidc-thing`, as the AWS CLI names operations and members. */
function kebab(name: string): string {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
}

/** A word of a POSIX shell, quoted when it has to be. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
