/** Where a key lies, in words. */

import type { KeyPlace } from '../../../long-term-keys/key/key-place.ts'

/** `~/work` of a path below the home. */
export const shortenHome = (path: string, home: string): string =>
  path === home
    ? '~'
    : /^[/\\]/.test(path.slice(home.length)) && path.startsWith(home)
      ? `~${path.slice(home.length)}`
      : path

/** `~/.aws/credentials:3`, `AWS_ACCESS_KEY_ID in the environment`, `deploy.sh:7 in commit a1b2c3d4e5f6 of ~/work`. */
export function formatPlace(place: KeyPlace, home: string): string {
  switch (place.type) {
    case 'file':
      return `${shortenHome(place.path, home)}:${place.line}`
    case 'environment':
      return `${place.variable} in the environment`
    case 'history': {
      const where = place.commit ? `commit ${place.commit.slice(0, 12)}` : `object ${place.object.slice(0, 12)}`
      const repository = shortenHome(place.repository, home)
      if (place.path !== undefined) return `${place.path}:${place.line} in ${where} of ${repository}`
      const what = place.commit === place.object ? 'the message of ' : ''
      return `line ${place.line} of ${what}${where} of ${repository}`
    }
  }
}
