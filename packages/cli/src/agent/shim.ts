/** The script that stands where a native helper would, on systems for which there is none. */

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** Goes on with the recorded Node and script; after an upgrade that took them away, with what the path has. */
export const formatShim = (node: string, script: string): string => `#!/bin/sh
# Written by Mayfly: the credential_process of sealed profiles, for a system without a native helper.
node=${quote(node)}
script=${quote(script)}
[ -x "$node" ] || node=$(command -v node)
if [ -n "$node" ] && [ -f "$script" ]; then exec "$node" "$script" credentials "$@"; fi
if command -v mayfly >/dev/null; then exec mayfly credentials "$@"; fi
printf '\\nmayfly: [ERROR]: %s is gone.\\nInstall Mayfly again (npm install -g mayfly), then run: mayfly agent start\\n' "$script" >&2
exit 255
`
