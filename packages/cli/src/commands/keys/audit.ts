/** keys audit --org: every IAM user's long-term keys, in every account that the person reaches. */

import { AUDIT_SHAPE } from '../../long-term-keys/organization/report/json-report.ts'
import { loadPlanning } from '../../long-term-keys/planning/load-ahead.ts'
import { ArgumentRefusal } from '../../problems/argument-refusal.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { loadSettings } from '../../shared-config/settings.ts'
import { type Command, findOption, jsonOption, type OptionValues } from '../command.ts'
import { signInOptions } from '../sso/sign-in-options.ts'

export const keysAudit: Command = {
  words: 'keys audit',
  summary:
    'list the long-term keys of every IAM user in every account that you reach, and in which order to retire them',
  options: [
    { name: '--org', summary: 'read every account; goes on where an earlier run ended' },
    {
      name: '--role-name',
      value: 'NAME',
      summary: 'the permission set to read with; repeatable, the first that an account grants counts',
      isRepeatable: true,
    },
    { name: '--sso-session', value: 'NAME', summary: 'the session whose accounts are meant' },
    {
      name: '--account',
      value: 'GLOB',
      summary: "only accounts whose name, id or e-mail address matches, as 'prod-*'; repeatable",
      isRepeatable: true,
    },
    { name: '--html', value: 'FILE', summary: 'write a report that a browser shows' },
    { name: '--csv', value: 'FILE', summary: 'write a table for a spreadsheet' },
    { name: '--fresh', summary: 'begin anew: forget an interrupted run, and ask the portal for the accounts' },
    { name: '--no-sign-in', summary: 'fail instead of opening a sign-in page' },
    ...signInOptions,
    jsonOption(AUDIT_SHAPE),
  ],
  example: 'mayfly keys audit --org --role-name ReadOnlyAccess',
  loadAhead: () => Promise.all([import('./audit/run-audit.ts'), import('./audit/tell-audit.ts'), loadPlanning()]),
  async run(options, machine) {
    refuseWithout(options)
    const settings = await loadSettings(machine, options)
    const [{ runAudit }, { tellAudit }] = await Promise.all([
      import('./audit/run-audit.ts'),
      import('./audit/tell-audit.ts'),
    ])
    const { audit, keys } = await runAudit(machine, settings, options, (finished) =>
      tellAudit(machine, options, finished),
    )
    if (keys.length > 0) return EXIT.found
    // What was not read may hold any number of keys.
    return audit.unread.length > 0 ? EXIT.service : EXIT.ok
  },
}

/** `--org` is what makes it walk: nobody asks six hundred accounts by a word that was typed too fast. */
function refuseWithout(options: OptionValues): void {
  if (options['org'] !== true) {
    throw new ArgumentRefusal(
      'keys audit reads every account that you reach: say so with --org.',
      'For the keys of this computer: mayfly keys find',
    )
  }
  for (const name of ['html', 'csv']) {
    if (findOption(options, name)?.trim() === '') {
      throw new ArgumentRefusal(`argument --${name}: expected a file`, `Such as: --${name} keys.${name}`)
    }
  }
  if (findOption(options, 'html') !== undefined && findOption(options, 'html') === findOption(options, 'csv')) {
    throw new ArgumentRefusal('--html and --csv name the same file.', 'Give each a file of its own.')
  }
}
