/** exec --match: runs a program once for each of many roles. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { listAccessIndexes } from '../account-access/access-index.ts'
import { findTargets, isPowerful, type Target } from '../delivery/targets.ts'
import { withoutOuterSettings } from '../delivery/variables.ts'
import { readTagRules } from '../finding/tags.ts'
import { findProfileTags } from '../hot/prompt-tags.ts'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { EXIT } from '../problems/exit-codes.ts'
import { loadSharedConfig, type SharedConfig } from '../shared-config/shared-config.ts'
import { shellWord } from '../shared-config/shell-word.ts'
import { findOption, listOption, type OptionValues, type TypedWords } from './command.ts'
import { printable, tellMissing } from './exec-profile.ts'
import { concurrencyOf, countOf, describeTarget, Runs } from './exec-runs.ts'

export async function runMatching(options: OptionValues, machine: Machine, words: TypedWords): Promise<number> {
  refuseWords(options, words)
  const inner = { ...machine, env: withoutOuterSettings(machine.env) }
  const config = await loadSharedConfig(inner)
  const targets = await getTargets(inner, config, options)
  const isDry = options['dry-run'] === true
  const [program = '', ...parameters] = words.program
  const found = isDry ? undefined : await machine.childProcess.find(program, machine.env)
  if (found && found.found !== 'program') return tellMissing(machine, program, found.found)
  if (isDry) {
    machine.terminal.write(options['json'] === true ? formatDryJson(targets) : formatTargets(targets))
    return EXIT.ok
  }
  if (options['yes'] !== true && !(await isWanted(machine, targets, words.program))) {
    machine.terminal.writeError('Nothing was run.\n')
    return 1
  }
  const path = found?.found === 'program' ? found.path : ''
  return new Runs(inner, { options, config, targets, path, parameters }).run()
}

function refuseWords(options: OptionValues, { parameters, program }: TypedWords): void {
  const hint = 'See: mayfly exec --help'
  if (parameters.length > 0 || findOption(options, 'profile') !== undefined)
    throw new ArgumentRefusal('--match finds the profiles: none is named beside it.', hint)
  if (options['endpoint'] === true) throw new ArgumentRefusal('--endpoint does not go with --match.', hint)
  if (program.length === 0 && options['dry-run'] !== true)
    throw new ArgumentRefusal('--match wants a program to run.', 'Write it behind two dashes: -- aws s3 ls')
  if (findOption(options, 'concurrency') !== undefined && concurrencyOf(options) < 1)
    throw new ArgumentRefusal('argument --concurrency: must be a whole number from 1 on', hint)
}

async function getTargets(machine: Machine, config: SharedConfig, options: OptionValues): Promise<readonly Target[]> {
  const matching = listOption(options, 'match')
  const targets = findTargets(config, await listAccessIndexes(machine), {
    matching,
    except: listOption(options, 'except'),
  })
  if (targets.length > 0) return targets
  throw new Refusal('not-found', `Nothing matches ${matching.map((glob) => `'${glob}'`).join(' or ')}.`, {
    hint: "Patterns look like 'prod-*/ReadOnly'. What there is: mayfly profiles",
  })
}

/** One line a role, in columns. */
function formatTargets(targets: readonly Target[]): string {
  const width = Math.max(...targets.map(({ label }) => label.length))
  return targets
    .map(({ label, accountId, role }) => `${printable(label).padEnd(width)}  ${accountId}  ${role}\n`)
    .join('')
}

const formatDryJson = (targets: readonly Target[]): string =>
  targets.map((target) => `${JSON.stringify(describeTarget(target))}\n`).join('')

/** More than these would scroll the question's own command line away. */
const MOST_SHOWN = 20

/**
 * A role that may change much, and a profile that its tags want to be asked about, is not let loose on many accounts by a
 * word that matched too much.
 */
async function isWanted(machine: Machine, targets: readonly Target[], program: readonly string[]): Promise<boolean> {
  const { terminal, platform } = machine
  const rules = await readTagRules(machine)
  const powerful = targets.filter((target) => isPowerful(target) || findProfileTags(rules, target.label).confirms)
  if (powerful.length === 0) return true
  const line = program.map((word) => shellWord(word, platform)).join(' ')
  if (!terminal.interactive || !terminal.watched) {
    throw new Refusal(
      'forbidden',
      `${powerful.length} of ${countOf(targets, 'role')} may change things, or are to be asked about.`,
      {
        hint: 'Look at them with --dry-run, then add --yes.',
      },
    )
  }
  terminal.writeError(formatTargets(targets.slice(0, MOST_SHOWN)))
  if (targets.length > MOST_SHOWN)
    terminal.writeError(`… and ${targets.length - MOST_SHOWN} more. All of them: --dry-run\n`)
  const answer = await terminal.ask({ prompt: `Run ${line} with ${countOf(targets, 'role')}? [y/N]: ` })
  return /^y(es)?$/i.test(answer)
}
