/** What stands behind the `#` of the portal's address, as a page. */

/** The account and permission set that a page is about. */
export interface RoleAddress {
  accountId: string
  roleName: string
}

export type Page =
  | { name: 'accounts' }
  | { name: 'applications' }
  | { name: 'shortcuts' }
  | { name: 'sessions' }
  | { name: 'security' }
  | ({ name: 'access-keys' } & RoleAddress)
  | ({ name: 'console'; destination?: string } & RoleAddress)
  | { name: 'incomplete-link'; because: string }
  | { name: 'unknown'; path: string }

/** Reads a fragment such as `#/console?account_id=111122223333&role_name=ReadOnlyAccess`. Never throws. */
export function parseFragment(fragment: string): Page {
  const [path = '', query = ''] = splitOnce(fragment.replace(/^#/, ''), '?')
  const parameters = new URLSearchParams(query)
  switch (path.replace(/\/+$/, '')) {
    case '':
    case '/accounts':
      return { name: 'accounts' }
    case '/applications':
      return { name: 'applications' }
    case '/shortcuts':
      return { name: 'shortcuts' }
    case '/sessions':
      return { name: 'sessions' }
    case '/security':
      return { name: 'security' }
    case '/access-keys':
      return parseRole(parameters, (role) => ({ name: 'access-keys', ...role }))
    case '/console':
      return parseRole(parameters, (role) => {
        const destination = parameters.get('destination')
        return { name: 'console', ...role, ...(destination ? { destination } : {}) }
      })
    default:
      return { name: 'unknown', path }
  }
}

/** Writes the fragment of a page, the `#` included. */
export function formatFragment(page: Exclude<Page, { name: 'incomplete-link' | 'unknown' }>): string {
  switch (page.name) {
    case 'accounts':
      return '#/'
    case 'access-keys':
    case 'console': {
      const parameters = new URLSearchParams({ account_id: page.accountId, role_name: page.roleName })
      if (page.name === 'console' && page.destination) parameters.set('destination', page.destination)
      return `#/${page.name}?${parameters}`
    }
    default:
      return `#/${page.name}`
  }
}

function parseRole(parameters: URLSearchParams, pageOf: (role: RoleAddress) => Page): Page {
  const accountId = parameters.get('account_id') ?? ''
  const roleName = parameters.get('role_name') ?? ''
  if (!/^\d{12}$/.test(accountId)) return incomplete('It has to name the account by its 12 digits, as account_id.')
  if (!/^[\w+=,.@-]{1,32}$/.test(roleName)) return incomplete('It has to name the permission set, as role_name.')
  return pageOf({ accountId, roleName })
}

function incomplete(because: string): Page {
  return { name: 'incomplete-link', because }
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
