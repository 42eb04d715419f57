/** Which profile or tool uses a key, as the file in which it lies says. */

import { posix } from 'node:path'
import type { Detected } from '../detection/detected.ts'
import type { KeyUse } from '../key/found-key.ts'
import type { PlaceKind } from '../key/key-place.ts'
import { usesInPipeline } from './uses/pipeline-uses.ts'
import { type ProfileFacts, usesOfProfile } from './uses/profile-uses.ts'
import {
  usesInCompose,
  usesInDocker,
  usesInEditor,
  usesInKubeconfig,
  usesInKubernetes,
  usesInState,
  usesInTerraform,
} from './uses/service-uses.ts'
import { lastAbove, lineAt, sectionAbove } from './uses/text-around.ts'

/** A file with a key in it. */
export interface KeyFile {
  readonly kind: PlaceKind
  /** Absolute. */
  readonly path: string
  readonly text: string
}

/** What of this computer decides who uses a key. Each may be left out. */
export type UseFacts = ProfileFacts

/** Names in files are somebody else's words: no longer than this, and none moves a cursor. */
const LONGEST = 80

/** The text is read tolerantly. Never throws; where nothing is known, nothing is said. */
export function usesOf(
  file: KeyFile,
  detected: Pick<Detected, 'idAt' | 'secretAt'>,
  facts: UseFacts = {},
): readonly KeyUse[] {
  const offset = (detected.idAt ?? detected.secretAt)?.start ?? 0
  try {
    return READERS[file.kind](file, offset, facts).map(printable)
  } catch {
    return []
  }
}

function printable({ tool, name, note }: KeyUse): KeyUse {
  const clean = (text: string): string => text.replace(/\p{Cc}/gu, '').slice(0, LONGEST)
  return { tool, ...(name !== undefined && { name: clean(name) }), ...(note !== undefined && { note: clean(note) }) }
}

type Reader = (file: KeyFile, offset: number, facts: UseFacts) => readonly KeyUse[]

const use = (tool: string, name?: string): readonly KeyUse[] => [
  { tool, ...(name !== undefined && name !== '' && { name }) },
]

const inSection =
  (tool: string): Reader =>
  ({ text }, offset) =>
    use(tool, sectionAbove(text, offset))

const profile: Reader = ({ kind, text }, offset, facts) => {
  const section = sectionAbove(text, offset)
  const file = kind === 'aws-config' ? kind : 'aws-credentials'
  return section === undefined ? use('AWS CLI and SDKs') : usesOfProfile(section, file, facts)
}

const nameOf = (path: string): string => posix.basename(path.replaceAll('\\', '/'))
const folderOf = (path: string): string => nameOf(posix.dirname(path.replaceAll('\\', '/')))

const READERS: Readonly<Record<PlaceKind, Reader>> = {
  'aws-credentials': profile,
  'aws-config': profile,
  environment: () => [],
  'shell-startup': ({ path }) => use('every program that the shell starts', nameOf(path)),
  // What was typed once is used by nobody.
  'shell-history': () => [],
  dotenv: ({ path }) => use(nameOf(path) === '.envrc' ? 'direnv' : 'programs that read .env', folderOf(path)),
  docker: ({ path, text }, offset) => usesInDocker(path, text, offset),
  compose: ({ text }, offset) => usesInCompose(text, offset),
  terraform: ({ text }, offset) => usesInTerraform(text, offset),
  'terraform-variables': ({ text }, offset) => use('Terraform', assignedName(text, offset)),
  'terraform-state': ({ text }, offset) => usesInState(text, offset),
  'terraform-cli': () => use('Terraform CLI'),
  kubernetes: ({ text }, offset) => usesInKubernetes(text, offset),
  kubeconfig: ({ text }, offset) => usesInKubeconfig(text, offset),
  ci: ({ path, text }, offset) => usesInPipeline(path, text, offset),
  ide: ({ path, text }, offset) => usesInEditor(path, text, offset),
  npm: () => use('npm'),
  pip: inSection('pip'),
  maven: ({ text }, offset) => use('Maven', lastAbove(text, offset, /<id>\s{0,20}([^<\s]{1,200})\s{0,20}<\/id>/g)?.[1]),
  s3cmd: inSection('s3cmd'),
  rclone: inSection('rclone'),
  boto: ({ text }, offset) => use('boto', sectionAbove(text, offset)?.replace(/^profile\s+/, '')),
  restic: ({ path }) => use('restic', nameOf(path)),
  duplicity: ({ path }) => use('duplicity', nameOf(path)),
  'git-history': () => [],
  other: ({ path, text }, offset) => usesInOther(path, text, offset),
}

const assignedName = (text: string, offset: number): string | undefined =>
  /^\s*"?([\w.-]+)"?\s*[=:]/.exec(lineAt(text, offset))?.[1]

/** Files that have no kind of their own, by their names. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)(?:crontab|cron\.d\/[^/]+|cron\/[^/]+)$|\/cron\/crontabs\//, 'cron'],
  [/\.(?:service|timer|socket)$|\.service\.d\/[^/]+\.conf$/, 'systemd'],
  [/\/(?:LaunchAgents|LaunchDaemons)\/[^/]+\.plist$/, 'launchd'],
  [/\/\.?passwd-s3fs$/, 's3fs'],
  [/\/\.mc\/config\.json$|\/\.mcli\/config\.json$/, 'MinIO client'],
  [/\/serverless\.ya?ml$/, 'Serverless Framework'],
  [/\.pkr\.(?:hcl|json)$/, 'Packer'],
  [/\/(?:wp-config)\.php$/, 'WordPress'],
  [/\/appsettings[^/]*\.json$/, '.NET'],
  [/\/application[^/]*\.(?:properties|ya?ml)$/, 'Spring'],
  [/\/config\/(?:storage|credentials|secrets|application|database)[^/]*\.yml$/, 'Rails'],
  [/\/settings[^/]*\.py$/, 'Django'],
  [/\/(?:group_vars|host_vars|playbooks|roles)\//, 'Ansible'],
  [/\/\.gitconfig$|\/\.git\/config$/, 'Git'],
  [/\/\.npmrc$/, 'npm'],
  [/\/\.ssh\/config$|\/\.ssh\/environment$/, 'SSH'],
]

function usesInOther(path: string, text: string, offset: number): readonly KeyUse[] {
  const plain = path.replaceAll('\\', '/')
  const tool = OTHERS.find(([pattern]) => pattern.test(plain))?.[1]
  if (tool === undefined) return []
  if (tool === 'MinIO client') return use(tool, lastAbove(text, offset, /"([^"\n]+)"\s*:\s*\{/g)?.[1])
  if (tool === 'systemd') return use(tool, /([^/]+?)(?:\.d\/[^/]+)?$/.exec(plain)?.[1])
  if (tool === 'cron') return use(tool, cronLine(text, offset))
  return use(tool, nameOf(path))
}

/** The variable of a crontab is every line's; a line of its own names its command. */
const cronLine = (text: string, offset: number): string | undefined =>
  /^\s*(?:@\w+|(?:\S+\s+){5})(?:\w+=\S*\s+)*([\w./-]+)/.exec(lineAt(text, offset))?.[1]
