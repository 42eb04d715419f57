/** why: the cause, with its evidence and the next command. */

import { diagnose } from '../diagnosis/diagnose.ts'
import { formatDiagnosis, formatDiagnosisJson } from '../diagnosis/report.ts'
import { EXIT } from '../problems/exit-codes.ts'
import { type Command, jsonOption } from './command.ts'
import { chooseMissingProfile } from './profile-settings.ts'

export const why: Command = {
  words: 'why',
  summary: 'say why a profile does not work, and what to do about it',
  options: [
    { name: '--offline', summary: 'look at this computer alone; ask nobody' },
    jsonOption(
      '{ profile, verdict, causes: [{ cause, severity, message, evidence, next }], nearest, checked }; a verdict is healthy, faulty or unchecked, a severity fault or warning',
    ),
  ],
  parameters: { usage: '[PROFILE]', most: 1 },
  example: 'mayfly why default',
  async run(options, machine, { parameters: [named] }) {
    const chosen = named ?? (await chooseMissingProfile(machine, options))
    const asked = chosen === undefined ? options : { ...options, profile: chosen }
    const diagnosis = await diagnose(machine, { options: asked, offline: options['offline'] === true })
    const { terminal } = machine
    terminal.write(
      options['json'] === true ? formatDiagnosisJson(diagnosis) : formatDiagnosis(diagnosis, terminal.styled),
    )
    return diagnosis.verdict === 'faulty' ? EXIT.found : EXIT.ok
  },
}
