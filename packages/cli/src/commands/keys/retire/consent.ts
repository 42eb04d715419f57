/** Whether a step may be taken now: what was typed, or what a person answers. */

import type { Machine } from '../../../machine/machine.ts'
import { ArgumentRefusal } from '../../../problems/argument-refusal.ts'

export type Act = 'swap' | 'deactivate' | 'delete'
export type Goal = 'soak' | 'inactive' | 'deleted'

export const GOALS: readonly Goal[] = ['soak', 'inactive', 'deleted']

export interface Consent {
  /** How far to go; a person is asked at each step when left out. */
  readonly to?: Goal | undefined
  /** `--yes` */
  readonly isGiven: boolean
  /** Somebody sits at a terminal, and no program reads the output. */
  readonly mayAsk: boolean
}

/** What is said of each act that nobody agreed to: others may have been taken before. */
const UNDONE: Readonly<Record<Act, string>> = {
  swap: 'Nothing was done',
  deactivate: 'The key was not switched off',
  delete: 'The key was not deleted',
}
const REACHED: Readonly<Record<Act, Goal>> = { swap: 'soak', deactivate: 'inactive', delete: 'deleted' }

/** `beyond`: further than was asked for. `nobody`: it would have to be asked, and nobody is there. */
export function judgeConsent(act: Act, { to, isGiven, mayAsk }: Consent): 'go' | 'ask' | 'beyond' | 'nobody' {
  if (to !== undefined && GOALS.indexOf(REACHED[act]) > GOALS.indexOf(to)) return 'beyond'
  // Nothing brings a deleted key back: a yes to everything is not a yes to that.
  if (isGiven && (act !== 'delete' || to === 'deleted')) return 'go'
  return mayAsk ? 'ask' : 'nobody'
}

/** Whether the step may be taken. Refuses where it would have to be asked and nobody is there. */
export async function mayTake(
  machine: Machine,
  act: Act,
  consent: Consent,
  { accessKeyId, prompt }: { readonly accessKeyId: string; readonly prompt: string },
): Promise<boolean> {
  switch (judgeConsent(act, consent)) {
    case 'go':
      return true
    case 'beyond':
      return false
    case 'nobody':
      throw new ArgumentRefusal(
        `${UNDONE[act]}: nobody can be asked here.`,
        `To do it without a question: mayfly keys retire ${accessKeyId} --to ${REACHED[act]} --yes`,
      )
    case 'ask':
      return /^y(es)?$/i.test(await machine.terminal.ask({ prompt }))
  }
}
