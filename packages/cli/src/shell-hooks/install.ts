/** Puts Mayfly's hook into a shell's own files, and takes it out of all of them. */

import type { Machine } from '../machine/machine.ts'
import { joinPath, ownFolder } from '../machine/place.ts'
import { hookScript } from './hook-script.ts'
import { chooseRcFile, formatBlock, insertBlock, listRcFiles, removeBlocks, scriptWord } from './rc-file.ts'
import { SHELLS, type Shell } from './shells.ts'

export interface HookPlan {
  readonly shell: Shell
  /** The file that the shell reads when it starts. */
  readonly rcFile: string
  /** The lines that it gets. */
  readonly block: string
  /** Where the script itself lies. */
  readonly scriptFile: string
}

const SCRIPT_NAMES: Readonly<Record<Shell, string>> = {
  bash: 'mayfly.bash',
  zsh: 'mayfly.zsh',
  fish: 'mayfly.fish',
  powershell: 'mayfly.ps1',
}

const shellFolder = (machine: Machine): string => joinPath(machine, ownFolder(machine), 'shell')
/** Files that a person named themselves: they are found again when the hook is removed. */
const namedFilesPath = (machine: Machine): string => joinPath(machine, shellFolder(machine), 'files.json')

/** What would be written, and where. `file` is one that the person named. */
export async function planHook(machine: Machine, shell: Shell, file?: string): Promise<HookPlan> {
  const candidates = listRcFiles(shell, machine)
  const there = new Set<string>()
  for (const path of candidates) if ((await machine.files.stamp(path)) !== undefined) there.add(path)
  const name = SCRIPT_NAMES[shell]
  return {
    shell,
    rcFile: file ?? chooseRcFile(shell, machine, (path) => there.has(path)),
    block: formatBlock(shell, scriptWord(name)),
    scriptFile: joinPath(machine, shellFolder(machine), name),
  }
}

/** Writes the script, then the lines that read it; false when the lines were there already. */
export async function installHook(machine: Machine, { shell, rcFile, block, scriptFile }: HookPlan): Promise<boolean> {
  await machine.files.write(scriptFile, hookScript(shell), { mode: 0o600 })
  if (!listRcFiles(shell, machine).includes(rcFile)) await nameFile(machine, rcFile)
  const former = await machine.files.read(rcFile)
  const next = insertBlock(former, block)
  if (former && Buffer.from(former).equals(next)) return false
  await machine.files.write(rcFile, next, { mode: 0o644 })
  return true
}

/** Takes our lines out of every file that may hold them, and deletes the scripts. Answers the files that changed. */
export async function removeHooks(machine: Machine): Promise<readonly string[]> {
  const usual = SHELLS.flatMap((shell) => listRcFiles(shell, machine))
  const changed: string[] = []
  for (const path of new Set([...usual, ...(await readNamedFiles(machine))])) {
    const former = await machine.files.read(path)
    const next = former && removeBlocks(former)
    if (!next) continue
    // fish's file is ours alone.
    if (next.length === 0 && /[\\/]mayfly\.fish$/.test(path)) await machine.files.delete(path)
    else await machine.files.write(path, next, { mode: 0o644 })
    changed.push(path)
  }
  const own = await machine.files.list(shellFolder(machine))
  for (const name of own) await machine.files.delete(joinPath(machine, shellFolder(machine), name))
  return changed
}

async function readNamedFiles(machine: Machine): Promise<readonly string[]> {
  try {
    const files: unknown = JSON.parse((await machine.files.readText(namedFilesPath(machine))) ?? '[]')
    return Array.isArray(files) ? files.filter((file) => typeof file === 'string') : []
  } catch {
    return []
  }
}

async function nameFile(machine: Machine, file: string): Promise<void> {
  const files = [...new Set([...(await readNamedFiles(machine)), file])]
  await machine.files.write(namedFilesPath(machine), `${JSON.stringify(files)}\n`, { mode: 0o600 })
}
