/** keys check: whether long-term keys live, whose they are, what they did last, and what they may do. */

import { seconds } from '@mayfly/identity-center/duration'
import { openInquiry } from '../../long-term-keys/inquiry/inquire-key.ts'
import { accountOfKeyId } from '../../long-term-keys/key/access-key-id.ts'
import type { Machine } from '../../machine/machine.ts'
import { EXIT } from '../../problems/exit-codes.ts'
import { loadSettings, type Settings } from '../../shared-config/settings.ts'
import { type Command, findOption, jsonOption, type OptionValues } from '../command.ts'
import { describeKey } from './check/check-json.ts'
import { byUrgency, type CheckedFacts, formatReport } from './check/check-report.ts'
import type { CheckedKey } from './check/checked-key.ts'
import { collectKeys } from './check/collect-keys.ts'
import { searchComputer } from './check/search-computer.ts'

/** Keys that are asked about at once. */
const WORKERS = 8
/** Nobody waits a minute for a host that does not answer. */
const TIMEOUT = seconds(15)

export const keysCheck: Command = {
  words: 'keys check',
  summary: 'ask AWS whether long-term keys live, whose they are, when they were used and what they may do',
  options: [
    {
      name: '--as',
      value: 'PROFILE',
      summary: "the profile to ask as; otherwise a role of yours in the key's account",
    },
    { name: '--from', value: 'FILE', summary: 'the keys of what keys find --json printed' },
    { name: '--no-signing', summary: 'sign with none of the keys: their last use stays as it is' },
    { name: '--call-canaries', summary: 'ask about bait too; whoever laid it hears an alarm' },
    jsonOption(
      '{ keys: [{ accessKeyId, accountId, state, reason, isRoot, isCanary, arn, userName, createdAt, lastUsed, otherKeys, policies, isEveryPolicyKnown, tags, places, cannot, askedAs }] }',
    ),
  ],
  parameters: { usage: '[KEY …]', most: 100 },
  example: 'mayfly keys check',
  async run(options, machine, { parameters }) {
    const settings = withPatience(await loadSettings(machine, options))
    const wish = { typed: parameters, from: findOption(options, 'from') }
    const keys = await collectKeys(machine, settings.config, wish, () => searchComputer(machine))
    const checked = (await inquireAll(machine, settings, options, keys)).toSorted(byUrgency)
    if (options['json'] === true) {
      machine.terminal.write(`${JSON.stringify({ keys: checked.map(describeKey) }, undefined, 2)}\n`)
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

/** Some at a time; the answers in the order of the keys. */
async function inquireAll(
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
  const checked: (CheckedFacts | undefined)[] = keys.map(() => undefined)
  const queue = takeTurns([...keys.entries()], ([, { accessKeyId }]) => accountOfKeyId(accessKeyId) ?? '').values()
  async function work(): Promise<void> {
    for (const [index, key] of queue) checked[index] = { key, facts: await inquiry.inquire(key) }
  }
  await Promise.all(Array.from({ length: WORKERS }, work))
  return checked.filter((each) => each !== undefined)
}

/** One of each group after the other: each account has a pace of its own, so that none need wait for another. */
function takeTurns<Item>(items: readonly Item[], groupOf: (item: Item) => string): readonly Item[] {
  const groups = [...Map.groupBy(items, groupOf).values()]
  const longest = Math.max(0, ...groups.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) => groups.flatMap((group) => group.slice(turn, turn + 1))).flat()
}
