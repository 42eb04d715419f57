/** Which keys machines work with: by where a key lies, and by what its user is called. */

import type { KeyFacts } from '../../inquiry/key-facts.ts'
import type { FoundKey } from '../../key/found-key.ts'
import type { KeyPlace } from '../../key/key-place.ts'
import type { MachineKind } from './snippet.ts'

/** Paths with `/`, whatever the system. */
const PATHS: readonly (readonly [RegExp, MachineKind])[] = [
  [/(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+$/, 'github-actions'],
  [/(^|\/)\.gitlab-ci(\.[^/]*)?\.ya?ml$|(^|\/)\.gitlab\//, 'gitlab-ci'],
  [/(^|\/)(\.terraformrc|terraform\.rc)$|(^|\/)\.terraform\.d\//, 'terraform-cloud'],
  [/\.(service|timer)$|(^|\/)(systemd|cron\.d|init\.d|supervisor)(\/|$)|(^|\/)crontab$/, 'server'],
]

/** The machine that uses a key where it lies; nothing where a person may as well. */
export function findMachineKind({ kind, place }: Pick<FoundKey, 'kind' | 'place'>): MachineKind | undefined {
  const path = pathOf(place)
  for (const [pattern, machine] of PATHS) if (pattern.test(path)) return machine
  switch (kind) {
    case 'ci':
      return 'other-ci'
    case 'kubernetes':
      return 'kubernetes'
    case 'docker':
      return /dockerfile|containerfile/i.test(path) ? 'container' : undefined
    default:
      return undefined
  }
}

function pathOf(place: KeyPlace): string {
  const path = place.type === 'environment' ? '' : (place.path ?? '')
  return path.replaceAll('\\', '/')
}

/** Words in names and tags of users that are no persons. */
const MACHINE_WORDS =
  /(^|[^a-z])(ci|cd|bot|svc|service|deploy(er)?|pipeline|jenkins|github|gitlab|circleci|travis|terraform|ansible|backup|cron|robot|automation|machine|app|server|runner|build)([^a-z]|$)/i

/** Whether the user of a key is called, or tagged, like a machine. */
export const isCalledMachine = ({ userName = '', tags }: Pick<KeyFacts, 'userName' | 'tags'>): boolean =>
  MACHINE_WORDS.test(userName) || tags.some(({ key, value }) => MACHINE_WORDS.test(`${key} ${value}`))
