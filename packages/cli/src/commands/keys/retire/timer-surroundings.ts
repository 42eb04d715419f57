/** What a scheduler has to be told of the shell in which its lines are printed: it starts programs with hardly a variable. */

import type { Environment, Machine } from '../../../machine/machine.ts'

/** Which files are AWS's, and how the services are reached. */
const NAMES = [
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CA_BUNDLE',
  'NODE_EXTRA_CA_CERTS',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_STS',
  'AWS_ENDPOINT_URL_IAM',
  'AWS_ENDPOINT_URL_SSO',
  'AWS_ENDPOINT_URL_SSO_OIDC',
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
] as const

const BUS = 'DBUS_SESSION_BUS_ADDRESS'

/** Names and values; never one with a password in it, nor one that is another one tomorrow. */
export function timerVariables(env: Environment): readonly (readonly [string, string])[] {
  const kept = NAMES.flatMap((name) => {
    const value = env[name]
    const isLasting = !/_(?:FILE|BUNDLE|CERTS)$/.test(name) || /^(?:[/~]|[A-Za-z]:)/.test(value ?? '')
    return value && isLasting && !/:\/\/[^/]*@|[\r\n]/.test(value) ? [[name, value] as const] : []
  })
  const bus = env[BUS]
  // The keychain of Linux answers there. Any other address is of one session alone.
  return bus && /^unix:path=\/run\/user\/\d+\/bus$/.test(bus) ? [...kept, [BUS, bus]] : kept
}

/**
 * Node and the script under names that stay when a new version takes their place: those on PATH, when they lead to the ones
 * that run here. A package manager's own folders have the version in their names, and are deleted with it.
 */
export async function findLastingProgram(
  machine: Machine,
): Promise<{ readonly node: string; readonly script: string | undefined }> {
  const { node, script } = machine.ownProgram
  const lastingName = async (program: string, path: string): Promise<string> => {
    const found = await machine.childProcess.find(program, machine.env)
    if (found.found !== 'program' || !found.path.startsWith('/') || /\/(?:node_modules|_npx)\//.test(found.path))
      return path
    return (await machine.files.followLinks(found.path)) === path ? found.path : path
  }
  if (machine.platform === 'win32') return { node, script }
  return { node: await lastingName('node', node), script: script && (await lastingName('mayfly', script)) }
}
