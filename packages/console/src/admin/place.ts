/** Where one is in the admin console: what stands behind `#/admin/` in the address. */

export interface Place {
  /** The parts of the path after `/admin`, decoded: `['users', '<user id>']`. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
}

const START = '#/admin'

/** Whether a fragment leads to the admin console. */
export function isAdminFragment(fragment: string): boolean {
  return fragment === START || fragment.startsWith(`${START}/`) || fragment.startsWith(`${START}?`)
}

/** Reads a fragment such as `#/admin/users/9067a1b2c3-…?tab=groups`. Never throws. */
export function parsePlace(fragment: string): Place {
  const [path = '', query = ''] = fragment.slice(START.length).split('?', 2)
  return { path: path.split('/').filter(Boolean).map(decoded), query: new URLSearchParams(query) }
}

/** The address of a page of the admin console: `hrefOf('users', id)`. */
export function hrefOf(...path: string[]): string {
  return [START, ...path.map(encodeURIComponent)].join('/')
}

/** Goes there, as a click on a link would. */
export function goTo(href: string): void {
  location.hash = href
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
