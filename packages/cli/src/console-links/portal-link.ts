/** Links of an access portal, AWS's or one's own: they hold no credentials. */

/** The portal's first page. */
export const formatPortalLink = (startUrl: string): string => `${placeOf(startUrl)}/`

/**
 * The portal's shortcut link: whoever opens it signs in where that is needed, and gets to the console with the role.
 * Everything is behind the `#`, where no server's log sees it.
 */
export function formatConsoleLink(
  startUrl: string,
  {
    accountId,
    roleName,
    destination,
  }: { readonly accountId: string; readonly roleName: string; readonly destination?: string | undefined },
): string {
  const values = { account_id: accountId, role_name: roleName, ...(destination !== undefined && { destination }) }
  const query = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${placeOf(startUrl)}/#/console?${query.join('&')}`
}

/** The start URL without a slash at its end; people copy it with a fragment. */
const placeOf = (startUrl: string): string => startUrl.replace(/[?#].*$/, '').replace(/\/+$/, '')
