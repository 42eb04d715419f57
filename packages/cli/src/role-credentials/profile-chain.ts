/** The profiles whose credential_process led to this one: a circle of them must end. */

import type { Machine } from '../machine/machine.ts'
import { ConfigurationRefusal } from '../shared-config/configuration-refusal.ts'

const VARIABLE = '_AWS_CLI_PROFILE_CHAIN'
const LONGEST_CHAIN = 4

/** The environment for a further program, this profile added to the chain. Refuses a circle and a chain that is too long. */
export function extendProfileChain(env: Machine['env'], profileName: string): Machine['env'] {
  const seen = parseCsv(env[VARIABLE] ?? '')
  if (seen.length >= LONGEST_CHAIN) {
    throw new ConfigurationRefusal(
      `Maximum recursive credential process resolution reached (${LONGEST_CHAIN}).\nProfiles seen: ${seen.join(' -> ')}`,
    )
  }
  if (seen.includes(profileName)) {
    throw new ConfigurationRefusal(
      'Credential process resolution detected an infinite loop, ' +
        `profile cycle: ${[...seen, profileName].join(' -> ')}\n`,
      { hint: 'The credential_process of one of these profiles asks for itself. Correct it in the config file.' },
    )
  }
  return { ...env, [VARIABLE]: [...seen, profileName].map(formatCsv).join(',') }
}

const formatCsv = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)

function parseCsv(line: string): readonly string[] {
  if (line === '') return []
  const fields = line.match(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? []
  return fields.map((field) => {
    const text = field.replace(/^,/, '')
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
  })
}
