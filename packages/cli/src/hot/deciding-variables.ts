/** The variables that decide whose credentials come out: an agent answers only who has the same as itself. */

/** packages/cli/native/main.go has the same list in the same order. */
const DECIDING = [
  'AWS_CONFIG_FILE',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_SSO',
  'AWS_ENDPOINT_URL_SSO_OIDC',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
]

/** Their values, in this order, apart at U+001F. */
export const formatSurroundings = (env: Readonly<Record<string, string | undefined>>): string =>
  DECIDING.map((name) => env[name] ?? '').join('\u001f')
