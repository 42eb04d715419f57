/** Decides about the config file from what it holds now, and writes it together with the record of what was written. */

import type { Machine } from '../../machine/machine.ts'
import type { Grant } from '../../profiles/name-template.ts'
import { type ProfilePlan, planProfiles } from '../../profiles/plan.ts'
import {
  readSetupRecord,
  type SetupChoice,
  type SetupRecord,
  type WrittenProfile,
  writeSetupRecord,
} from '../../profiles/setup-record.ts'
import type { StorageMode } from '../../sealed/storage-mode.ts'
import { listAnnotatedProfiles } from '../../shared-config/annotations.ts'
import { parseIni } from '../../shared-config/ini.ts'
import type { IniEdit } from '../../shared-config/ini-editor.ts'
import { findText, loadSharedConfig, type SharedConfig, updateSharedConfig } from '../../shared-config/shared-config.ts'
import type { ReadAccess } from './read-access.ts'
import type { ChosenSession } from './session-choice.ts'
import { pruneOf, type SetupManner, templateOf, wantedBy } from './setup-options.ts'

export interface WritingQuestion {
  readonly session: ChosenSession
  readonly choice: SetupChoice
  readonly read: ReadAccess
  readonly manner: SetupManner
  readonly mode: StorageMode
  readonly renames: boolean
}

export interface Decision {
  readonly plan: ProfilePlan
  /** The change of the sso-session itself, in a line; nothing when there is none. */
  readonly sessionLine: string | undefined
  /** Whether most of what setup wrote would go, and nobody has said that this is meant. */
  readonly isDrastic: boolean
}

/** A few may go without a word. */
const FEW = 10

/** What is to change, as the files are now. */
export async function decide(machine: Machine, question: WritingQuestion): Promise<Decision> {
  const { session, choice, read, manner, mode, renames } = question
  const { sessionName } = session.sso
  const config = await loadSharedConfig(machine)
  const bytes = (await machine.files.read(config.configPath)) ?? new Uint8Array()
  const written = (await readSetupRecord(machine, sessionName))?.profiles ?? {}
  const plan = planProfiles({
    machine,
    mode,
    config,
    findAnnotated: () => listAnnotatedProfiles(parseIni(bytes, config.configPath)),
    sessionName,
    written,
    granted: read.accounts.flatMap(grantsOf),
    isWanted: wantedBy(choice),
    unread: new Set(read.unread.map(({ accountId }) => accountId)),
    template: templateOf(choice),
    renames,
    extra: choice.extra,
    prune: pruneOf(manner),
  })
  const gone = plan.removed.filter(({ reason }) => reason === 'not granted').length
  const isDrastic = manner.prune === 'careful' && gone > FEW && gone > Object.keys(written).length / 2
  const change = findSessionChange(config, question)
  const edits = change ? [change.edit, ...plan.edits] : plan.edits
  return { plan: { ...plan, edits }, sessionLine: change?.line, isDrastic }
}

const grantsOf = ({ roles, ...account }: ReadAccess['accounts'][number]): readonly Grant[] =>
  roles.map((roleName) => ({ ...account, roleName }))

/** The sso-session itself: written when it is new, its region corrected when the start URL has led elsewhere. */
function findSessionChange(
  { ssoSessions }: SharedConfig,
  { session, read }: WritingQuestion,
): { readonly edit: IniEdit; readonly line: string } | undefined {
  const { sessionName, startUrl, registrationScopes } = session.sso
  const section = { type: 'sso-session', name: sessionName } as const
  const present = ssoSessions.get(sessionName)
  if (!present) {
    const values = { sso_start_url: startUrl, sso_region: read.region, sso_registration_scopes: registrationScopes }
    return { edit: { section, values }, line: `+ sso-session ${sessionName}  (${startUrl})` }
  }
  const region = findText(present, 'sso_region')
  if (region === read.region) return undefined
  const line = `~ sso-session ${sessionName}  sso_region: ${region ?? 'none'} → ${read.region}`
  return { edit: { section, values: { sso_region: read.region } }, line }
}

/**
 * Writes the decision. Answers false, and has written nothing, when the files would now lead to another one. What is
 * about to be written is noted first: whoever is killed in between knows his profiles again.
 */
export async function write(machine: Machine, question: WritingQuestion, { plan }: Decision): Promise<boolean> {
  const record = recordOf(question, plan.written)
  let isStale = false
  if (plan.edits.length > 0) {
    await updateSharedConfig(machine, async () => {
      const now = await decide(machine, question)
      isStale = JSON.stringify(now.plan.edits) !== JSON.stringify(plan.edits)
      if (isStale) return []
      const former = (await readSetupRecord(machine, record.sessionName))?.profiles
      await writeSetupRecord(machine, { ...record, profiles: { ...former, ...plan.written } })
      return plan.edits
    })
  }
  if (!isStale) await writeSetupRecord(machine, { ...record, profiles: settled(plan.written) })
  return !isStale
}

const recordOf = ({ session, choice, read }: WritingQuestion, profiles: SetupRecord['profiles']): SetupRecord => ({
  sessionName: session.sso.sessionName,
  startUrl: session.sso.startUrl,
  region: read.region,
  choice,
  profiles,
})

/** Without what was there before: it is written now. */
const settled = (written: SetupRecord['profiles']): Readonly<Record<string, WrittenProfile>> =>
  Object.fromEntries(Object.entries(written).map(([key, { name, extra }]) => [key, { name, extra }]))
