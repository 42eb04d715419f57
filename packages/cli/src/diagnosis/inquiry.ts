/** One question of `why`: which profile, on which machine, and what was seen on the way. */

import { between, type Duration, milliseconds, seconds } from '@mayfly/identity-center/duration'
import type { HttpSettings } from '../machine/http.ts'
import type { Machine } from '../machine/machine.ts'
import { NoTerminal } from '../machine/question.ts'
import type { SsoProfile } from '../shared-config/profile.ts'
import type { Settings } from '../shared-config/settings.ts'
import type { Finding } from './causes.ts'
import type { ConfigTexts } from './config-text.ts'
import type { NearestRole } from './nearest-role.ts'

export interface Inquiry {
  /** Changes nothing: what is written through it is dropped. Its answers' dates are noted. */
  readonly machine: Machine
  readonly settings: Settings
  readonly texts: ConfigTexts
  /** Nothing is asked of the network. */
  readonly offline: boolean
  /** How far this computer's clock is ahead of the server's, in milliseconds; behind when negative. */
  readonly skew: () => number | undefined
  /** How much may be asked of the network yet. */
  readonly http: () => HttpSettings
  /** False when it is time to say what is known. */
  readonly hasTime: () => boolean
}

/** What one step found. The steps come in the order in which a tool would stumble. */
export interface Step {
  readonly step: 'files' | 'profile' | 'precedence' | 'cache' | 'network' | 'session' | 'role'
  /** What stands well, in a few words; nothing for a step that was left out. */
  readonly seen?: string | undefined
  readonly findings: readonly Finding[]
}

export interface Diagnosis {
  readonly profile: string
  /** `unchecked`: nothing was found, and the network was not asked. */
  readonly verdict: 'healthy' | 'faulty' | 'unchecked'
  readonly steps: readonly Step[]
  /** The most likely first. */
  readonly causes: readonly Finding[]
  readonly nearest: NearestRole | undefined
}

/** An inquiry about a profile that takes its credentials from a sign-in. */
export interface SsoInquiry extends Inquiry {
  readonly sso: SsoProfile
}

/** In all; whoever waits for a diagnosis has waited already. */
const BUDGET = seconds(14)
/** With less than this no further question is begun. */
const ENOUGH = seconds(6)

/** The machine as a diagnosis may use it. */
export function watchMachine(machine: Machine): Pick<Inquiry, 'machine' | 'skew'> {
  let skew: number | undefined
  const watched: Machine = {
    ...machine,
    // Nobody is asked for a passphrase either: that it is wanted is the answer.
    terminal: {
      ...machine.terminal,
      interactive: false,
      ask: () => Promise.reject(new NoTerminal('A diagnosis asks nobody.')),
    },
    files: { ...machine.files, write: async () => undefined, delete: async () => false, isWritable: async () => true },
    http: {
      async send(request, settings) {
        const asked = machine.clock.now()
        const answer = await machine.http.send(request, settings)
        const date = new Date(answer.headers['date'] ?? '')
        const middle = asked.getTime() + between(asked, machine.clock.now()) / 2
        if (!Number.isNaN(date.getTime())) skew = middle - date.getTime()
        return answer
      },
    },
  }
  return { machine: watched, skew: () => skew }
}

/** Settings for the network that keep the whole inquiry within its time. */
export function budgetTime(machine: Machine, settings: Settings): Pick<Inquiry, 'http' | 'hasTime'> {
  const started = machine.clock.now()
  const timeLeft = (): number => BUDGET - between(started, machine.clock.now())
  const http = (): HttpSettings => {
    const left = Math.max(500, timeLeft())
    const share = (most: Duration): Duration => milliseconds(Math.min(most, left / 2))
    const { connectTimeout, readTimeout } = settings.http
    return {
      ...settings.http,
      attempts: 1,
      connectTimeout: share(connectTimeout || seconds(4)),
      readTimeout: share(readTimeout || seconds(6)),
    }
  }
  return { http, hasTime: () => timeLeft() > ENOUGH }
}
