/** Is the program there that a sealed profile tells every SDK to run? */

import { isAbsolute } from 'node:path'
import { splitCommand } from '../machine/command-words.ts'
import { findText } from '../shared-config/section.ts'
import { type Finding, fault } from './causes.ts'
import { findPlace, shorten } from './config-text.ts'
import type { Inquiry } from './inquiry.ts'

/** Mayfly itself opens the sealed store without it: without this check only other tools would stumble. */
export async function checkHelper({ machine, settings, texts }: Inquiry): Promise<readonly Finding[]> {
  const { config, profileName } = settings
  if (!config.sealedProfiles.has(profileName)) return []
  const command = findText(config.profiles.get(profileName), 'credential_process') ?? ''
  const [program = ''] = splitCommand(command, machine.platform) ?? []
  if (!isAbsolute(program) || (await machine.inspection.describeFile(program))) return []
  const place = findPlace(machine, texts, { type: 'profile', name: profileName, key: 'credential_process' })
  const message = `The program that ${profileName} tells every SDK to run is not there: ${shorten(machine, program)}`
  const evidence = [`${place ?? profileName}: credential_process`]
  return [fault('helper-missing', message, evidence, 'mayfly agent start')]
}
