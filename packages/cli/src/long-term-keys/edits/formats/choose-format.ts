/** Which format a file has, by its name and by what finds keys in it. */

import type { PlaceKind } from '../../key/key-place.ts'
import { editDotenv } from './dotenv.ts'
import type { Format } from './format.ts'
import { editHistory, historyForm } from './history.ts'
import { editJson } from './json.ts'
import { editKubeconfig } from './kubeconfig.ts'
import { editRclone } from './rclone.ts'
import { editShell } from './shell.ts'
import { editBackendFile, editTerraform } from './terraform.ts'
import { editCrontab, editUnit } from './unit-files.ts'
import { editBatch, editPowerShell } from './windows-scripts.ts'
import { editXml } from './xml.ts'

/** Paths as they end, with `/` between names; the first that fits counts. What is for a person has no format. */
const BY_NAME: readonly (readonly [RegExp, Format | undefined])[] = [
  [/\/(?:fish_variables|\.pam_environment)$|\.(?:plist|nu|xsh)$|\/\.xonshrc$|devcontainer\.json$/, undefined],
  [/\.fish$/, editShell('fish')],
  [/\/\.(?:t?cshrc|login)$|\.csh$/, editShell('csh')],
  [/\.psm?1$/i, editPowerShell],
  [/\.(?:bat|cmd)$/i, editBatch],
  [/\/systemd\/(?:[^/]+\/)*[^/]+\.(?:service|timer|socket|conf)$|\.service$/, editUnit],
  [/\/environment\.d\/[^/]*\.conf$|\/etc\/(?:environment|default\/[^/]+|sysconfig\/[^/]+)$/, editDotenv],
  [/\/(?:crontab|\.crontab)$|\.cron(?:tab)?$|\/spool\/cron\/(?:[^/]+\/)?[^/]+$/, editCrontab],
  [/\.tfbackend$|\/backend[^/]*\.hcl$/, editBackendFile],
  [/\.(?:tf|tofu)$/, editTerraform],
  [/\/\.envrc(?:\.[^/]*)?$|\.(?:sh|bash|zsh|ksh)$/, editShell('sh')],
]

const BY_KIND: Partial<Record<PlaceKind, Format>> = {
  'shell-startup': editShell('sh'),
  dotenv: editDotenv,
  kubeconfig: editKubeconfig,
  rclone: editRclone,
}

/** Kinds whose keys a person takes out, whatever the file is called: what reads them has no profiles. */
const NEVER: ReadonlySet<PlaceKind> = new Set([
  'terraform-state',
  'terraform-variables',
  'ci',
  'kubernetes',
  'compose',
  'docker',
])

/** Nothing for a file whose keys a person has to take out. */
export function chooseFormat(
  path: string,
  kind: PlaceKind,
  options: { readonly deletesHistory: boolean },
): Format | undefined {
  const name = path.replaceAll('\\', '/')
  if (kind === 'shell-history')
    return options.deletesHistory && !/\.(?:db|sqlite3?|json)$/.test(name)
      ? editHistory(historyForm(name.slice(name.lastIndexOf('/') + 1)))
      : undefined
  if (NEVER.has(kind)) return undefined
  const named = BY_NAME.find(([end]) => end.test(name))
  if (named) return named[1]
  if (kind === 'ide') {
    if (/\.(?:json|jsonc|code-workspace|sublime-(?:project|settings))$/.test(name)) return editJson
    return /\.(?:xml|launch|iml)$/.test(name) ? editXml : undefined
  }
  return BY_KIND[kind]
}
