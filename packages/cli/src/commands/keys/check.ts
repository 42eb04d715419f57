/** keys check: whether long-term keys live, whose they are, what they did last, and what they may do. */

import { seconds } from '@mayfly/identity-center/duration'
import { askByAccount } from '../../long-term-keys/inquiry/by-account.ts'
import { openInquiry } from '../../long-term-keys/inquiry/inquire-key.ts'
import { rememberKeys } from '../../long-term-keys/inquiry/known-keys.ts'
import { loadPlanning } from '../../long-term-keys/planning/load-ahead.ts'
import type { Machine } from '../../machine/machine.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { loadSettings, type Settings } from '../../shared-config/settings.ts'
import { type Command, findOption, jsonOption, type OptionValues } from '../command.ts'
import { askingOptions } from './check/asking-options.ts'
import { describeKey } from './check/check-json.ts'
import { byUrgency, type CheckedFacts, formatReport } from './check/check-report.ts'
import type { CheckedKey } from './check/checked-key.ts'
import { collectKeys } from './check/collect-keys.ts'
import { searchComputer } from './check/search-computer.ts'
import { formatJson } from './json-text.ts'

/** Nobody waits a minute for a host that does not answer. */
const TIMEOUT = seconds(15)

export const keysCheck: Command = {
  words: 'keys check',
  summary: 'ask AWS whether long-term keys live, whose they are, when they were used and what they may do',
  options: [
    ...askingOptions,
    { name: '--from', value: 'FILE', summary: 'the keys of what keys find --json printed' },
    { name: '--call-canaries', summary: 'ask about bait too; whoever laid it hears an alarm' },
    jsonOption(
      '{ keys: [{ accessKeyId, accountId, state, reason, isRoot, isCanary, arn, userName, createdAt, lastUsed, otherKeys, policies, isEveryPolicyKnown, tags, places, cannot, askedAs }] }',
    ),
  ],
  parameters: { usage: '[KEY …]', most: 100 },
  example: 'mayfly keys check',
  loadAhead: loadPlanning,
  async run(options, machine, { parameters }) {
    const settings = withPatience(await loadSettings(machine, options))
    const wish = { typed: parameters, from: findOption(options, 'from') }
    const keys = await collectKeys(machine, settings.config, wish, () => searchComputer(machine, true))
    const checked = (await inquireAll(machine, settings, options, keys)).toSorted(byUrgency)
    await rememberKeys(
      machine,
      checked.map(({ facts }) => facts),
    )
    if (options['json'] === true) {
      machine.terminal.write(formatJson({ keys: checked.map(describeKey) }))
    } else if (checked.length === 0) {
      machine.terminal.write('No long-term access key lies on this computer where it was looked for.\n')
    } else {
      const { shown, size } = machine.terminal
      const columns = shown ? size.columns : 80
      const now = machine.clock.now()
      machine.terminal.write(formatReport(checked, { now, home: machine.home, columns }))
    }
    return exitCodeOf(checked)
  },
}

/** 1 where a key lives; 255 where nobody could be asked about any. */
function exitCodeOf(checked: readonly CheckedFacts[]): number {
  if (checked.some(({ facts: { state } }) => state === 'live')) return EXIT.found
  const asked = checked.filter(({ facts: { isCanary } }) => !isCanary)
  return asked.length > 0 && asked.every(({ facts: { state } }) => state === 'unknown') ? EXIT.other : EXIT.ok
}

const withPatience = (settings: Settings): Settings => ({
  ...settings,
  http: { connectTimeout: TIMEOUT, readTimeout: TIMEOUT, attempts: 2, ...settings.http },
})

function inquireAll(
  machine: Machine,
  settings: Settings,
  options: OptionValues,
  keys: readonly CheckedKey[],
): Promise<readonly CheckedFacts[]> {
  const inquiry = openInquiry(machine, settings, {
    as: findOption(options, 'as'),
    signing: options['no-signing'] === true ? 'never' : 'when-needed',
    callsCanaries: options['call-canaries'] === true,
  })
  return askByAccount(keys, async (key) => ({ key, facts: await inquiry.inquire(key) }))
}
