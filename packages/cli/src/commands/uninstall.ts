/** uninstall: everything that Mayfly put into this home goes, and profiles work without it. */

import { Refusal } from '@mayfly/identity-center/refusal'
import { askAgent } from '../agent/client.ts'
import { removeSharedHooks, sharedFolder } from '../long-term-keys/guard/shared-hooks.ts'
import { deleteBackups } from '../long-term-keys/retirement/backups.ts'
import { listRetirements } from '../long-term-keys/retirement/journal.ts'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { joinPath, ownFolder } from '../shared-config/paths.ts'
import { loadSettings } from '../shared-config/settings.ts'
import { findText, loadSharedConfig, type SharedConfig } from '../shared-config/shared-config.ts'
import { removeHooks } from '../shell-hooks/install.ts'
import { type Command, jsonOption, type OptionValues } from './command.ts'
import { signOutOfAll } from './sso/sign-out.ts'
import { describeStorage, type StorageDescription } from './storage/describe.ts'
import { count, foldLines } from './storage/format.ts'
import { moveToShared } from './storage/move.ts'

export const uninstall: Command = {
  words: 'uninstall',
  summary: 'take everything out of this home that Mayfly put there, and leave working profiles behind',
  options: [
    { name: '--sign-out', summary: 'end every session as well, here and at the server' },
    { name: '--yes', summary: 'do not ask' },
    { name: '--dry-run', summary: 'show what would be done' },
    jsonOption('{ steps, done, left }; left names what could not be taken away, and why'),
  ],
  example: 'mayfly uninstall --dry-run',
  async run(options, machine) {
    const steps = await planSteps(machine, options['sign-out'] === true)
    const isJson = options['json'] === true
    const list = foldLines(steps.map(({ title }) => `  - ${title}`))
    const isDry = options['dry-run'] === true
    if (!isJson) machine.terminal.write(`${isDry ? 'This would' : 'This will'}\n${list}`)
    if (!isDry && !(await mayGoOn(machine, options))) return 0
    const left = isDry ? [] : await takeSteps(options, steps)
    const done = !isDry && left.length === 0
    if (isJson) writeJson(machine, { steps: steps.map(({ title }) => title), done, left })
    else if (!isDry) machine.terminal.write(formatEnd(left))
    return left.length === 0 ? 0 : 255
  },
}

interface Step {
  /** As it is shown, behind "This will". */
  readonly title: string
  /** What follows would destroy what this was to save: when it does not work, nothing more is done. */
  readonly isNeeded?: true
  /** Does it; answers what is left, in sentences. */
  take(options: OptionValues): Promise<readonly string[]>
}

async function mayGoOn(machine: Machine, options: OptionValues): Promise<boolean> {
  if (options['yes'] === true) return true
  if (!machine.terminal.interactive || options['json'] === true) {
    throw new ArgumentRefusal(
      'Nothing was done: nobody can be asked here.',
      'To do it without a question: mayfly uninstall --yes',
    )
  }
  const answer = await machine.terminal.ask({ prompt: 'Go on? [y/N]: ' })
  if (/^y(es)?$/i.test(answer)) return true
  machine.terminal.write('Nothing was done.\n')
  return false
}

async function takeSteps(options: OptionValues, steps: readonly Step[]): Promise<readonly string[]> {
  const left: string[] = []
  for (const { title, take, isNeeded } of steps) {
    const problems = await take(options).catch((error: unknown) => {
      if (isNeeded) throw error
      return [`Could not ${title}: ${error instanceof Error ? error.message : String(error)}`]
    })
    left.push(...problems)
  }
  return left
}

async function planSteps(machine: Machine, signsOut: boolean): Promise<readonly Step[]> {
  const config = await loadSharedConfig(machine)
  const storage = await describeStorage(machine)
  return [
    ...(signsOut ? [signOutStep(machine)] : []),
    ...(isSealed(storage) ? [sharedStep(machine, storage, signsOut)] : []),
    // After the store was opened: it may hold the key to it.
    { title: 'stop the agent', take: () => stopAgent(machine) },
    hookStep(machine),
    ...(await guardSteps(machine)),
    ...ownProcessSteps(config),
    ...(await retirementSteps(machine)),
    deleteStep(machine),
  ]
}

/** Whoever is in the middle of changing files or a key ends that first; of the others the way back is lost, and told. */
async function retirementSteps(machine: Machine): Promise<readonly Step[]> {
  const { retirements } = await listRetirements(machine)
  const kept = retirements.filter(({ backupKey }) => backupKey !== undefined)
  const begun = kept.find(({ step }) => step.endsWith('ing') && step !== 'soaking')
  if (begun)
    throw new Refusal('conflict', `The retirement of ${begun.accessKeyId} was cut off (${begun.step}).`, {
      hint: `End it first: mayfly keys retire ${begun.accessKeyId}, or: mayfly keys undo ${begun.accessKeyId}`,
    })
  const forgotten = kept.map(({ accessKeyId, step, backupKey }) => ({
    title:
      `forget the retirement of ${accessKeyId} (${step}), with the former content of its files: ` +
      'mayfly keys undo takes it back only before this',
    take: () => deleteBackups(machine, accessKeyId, backupKey),
  }))
  return retirements.some(({ schedule }) => schedule !== undefined) ? [...forgotten, timerStep] : forgotten
}

/** Whoever pasted it knows where: a crontab is nobody's to change who was not asked. */
const timerStep: Step = {
  title:
    'leave to you what runs mayfly keys retire --due every day: crontab -e, ' +
    'or systemctl --user disable --now mayfly-keys.timer',
  take: async () => [],
}

const isSealed = ({ storage, profiles, interrupted }: StorageDescription): boolean =>
  storage.mode === 'sealed' || profiles.sealed > 0 || interrupted !== undefined

/** It closes its socket before it ends; what it holds is gone with it. */
async function stopAgent(machine: Machine): Promise<readonly string[]> {
  await askAgent(machine, { ask: 'stop' })
  return []
}

const signOutStep = (machine: Machine): Step => ({
  title: 'sign out of every session, here and at the server',
  async take(options) {
    const signedOut = await signOutOfAll(machine, await loadSettings(machine, options))
    return signedOut.flatMap(({ token, unreached }) =>
      unreached === undefined ? [] : [`${token.startUrl ?? token.fileName} could not be told: ${unreached}`],
    )
  },
})

const sharedStep = (machine: Machine, { profiles, keyState }: StorageDescription, signsOut: boolean): Step => ({
  title:
    `put ${count(profiles.sealed, 'sealed profile')} back into the form of AWS, ` +
    `${signsOut || keyState === 'gone' ? 'without' : 'with'} their tokens, and delete the sealed store and its key`,
  // A sealed store that may yet be opened must not be deleted with the rest, nor the helper that profiles still name.
  isNeeded: true,
  async take() {
    const isLost = keyState === 'gone'
    const { left, problems } = await moveToShared(machine, { abandons: isLost, discards: signsOut })
    const lost = left.length > 0 && !isLost ? [`${count(left.length, 'record')} could not be opened.`] : []
    return [...problems, ...lost]
  },
})

const hookStep = (machine: Machine): Step => ({
  title: "take Mayfly's lines out of the files that shells read when they start",
  async take() {
    await removeHooks(machine)
    return []
  },
})

/** Those of single repositories lie there, let everything pass without mayfly, and say so. */
async function guardSteps(machine: Machine): Promise<readonly Step[]> {
  const names = await machine.files.list(sharedFolder(machine))
  if (names.length === 0) return []
  const title = "take the guard of all repositories out of git's settings (core.hooksPath), with its hooks"
  return [{ title, take: () => removeSharedHooks(machine).then(() => []) }]
}

/** Commands that people wrote themselves are theirs; they are told what will not work any more. */
function ownProcessSteps({ profiles, sealedProfiles }: SharedConfig): readonly Step[] {
  const names = [...profiles].flatMap(([name, profile]) =>
    !sealedProfiles.has(name) && /mayfly/.test(findText(profile, 'credential_process') ?? '') ? [name] : [],
  )
  if (names.length === 0) return []
  return [
    {
      title: `leave alone the credential_process of ${names.join(', ')}, which names mayfly`,
      take: async () => [],
    },
  ]
}

const deleteStep = (machine: Machine): Step => ({
  title: `delete ${ownFolder(machine)}: helper, backups, locks and what it remembers`,
  async take() {
    const folders = [...machine.agent.folders(), ownFolder(machine)]
    const left: string[] = []
    for (const folder of folders) left.push(...(await machine.files.deleteTree(folder)))
    // Folders that the AWS CLI makes as well, and makes again.
    for (const cache of ['sso', 'cli']) {
      for (const parts of [[cache, 'cache'], [cache]])
        await machine.files.deleteEmptyFolder(joinPath(machine, machine.home, '.aws', ...parts))
    }
    return left.map((path) => `${path} could not be deleted.`)
  },
})

function formatEnd(left: readonly string[]): string {
  const end = 'To remove the program itself, as it was installed: npm uninstall -g mayfly\n'
  if (left.length === 0) return `Done. Profiles work as before, with AWS's tools alone.\n${end}`
  return `Done, but for:\n${foldLines(left.map((sentence) => `  - ${sentence}`))}${end}`
}

const writeJson = (machine: Machine, value: object): void =>
  machine.terminal.write(`${JSON.stringify(value, undefined, 2)}\n`)
