/** What a person is told while a sign-in waits, and what they may bring by hand. */

import { type Duration, seconds } from '@mayfly/identity-center/duration'
import type { FailedLaunch, Opening } from '../machine/browser.ts'
import type { Machine } from '../machine/machine.ts'
import { aborted, type HiddenQuestion, type Take } from '../machine/waiting.ts'
import { parsePasted } from './pasted-address.ts'
import type { ByHand, SignInPage } from './shown-page.ts'

/** How long a browser that was opened is waited for in silence. */
const PATIENCE: Duration = seconds(5)

export interface Attendance {
  /** The address that a browser shows at once, without anything to type. */
  readonly address: string
  /** What comes of opening it; nothing when no browser was to be opened. */
  readonly opening: Promise<Opening> | undefined
  readonly showsQrCode?: boolean
  /** Ends when the sign-in is over. */
  readonly signal: AbortSignal
}

/** What is said while the browser is away. Drawn on a terminal alone, and gone when the sign-in is over. */
export async function waitByHand(machine: Machine, page: SignInPage, attendance: Attendance): Promise<ByHand> {
  const { address, opening, showsQrCode = false, signal } = attendance
  if (!machine.terminal.watched) return aborted(signal)
  if (showsQrCode) await printQrCode(machine, address, 'The address is too long for a QR code in this terminal.\n')
  const opened = await findOpening(machine, opening, signal)
  if (opened?.is === 'not-opened' && !showsQrCode) await printQrCode(machine, address, '')
  if (page.grant === 'device_code') {
    const sentences = [...describeOpening(opened), formatOrigin(machine)]
    await machine.terminal.wait({ sentences }, signal)
    return aborted(signal)
  }
  let found: ByHand | undefined
  const question: HiddenQuestion = {
    prompt: 'Address (it stays hidden): ',
    take(typed): Take {
      if (/^\s*code\s*$/i.test(typed)) found = { is: 'wants a code' }
      else {
        const pasted = parsePasted(typed, page)
        if (pasted.is !== 'callback') return pasted
        found = pasted
      }
      return { is: 'taken' }
    },
  }
  const sentences = [...describeOpening(opened), ...(machine.terminal.interactive ? HOW_TO_PASTE : [])]
  await machine.terminal.wait({ sentences, question }, signal)
  return found ?? aborted(signal)
}

/** For a telephone, where no browser opens here. */
async function printQrCode(machine: Machine, address: string, otherwise: string): Promise<void> {
  const { formatQrCode } = await import('./qr-code.ts')
  machine.terminal.writeError(formatQrCode(machine, address) ?? otherwise)
}

const HOW_TO_PASTE = [
  'Sign in at the address above, in a browser on any computer. Where it ends at a page of 127.0.0.1 that it cannot ' +
    'show, copy the address of that page and paste it here. Or type code, to get a code for another device.',
]

/** The outcome once it is bad; otherwise nothing is said for a while. Nobody asked for a browser: then at once. */
async function findOpening(
  machine: Machine,
  opening: Promise<Opening> | undefined,
  signal: AbortSignal,
): Promise<Opening | undefined> {
  if (opening === undefined) return undefined
  const over = new AbortController()
  const patient = machine.clock.sleep(PATIENCE, AbortSignal.any([signal, over.signal])).then(() => undefined)
  patient.catch(() => undefined)
  const bad = opening.then((outcome) => (outcome.is === 'opened' ? patient : outcome))
  try {
    return await Promise.race([bad, patient])
  } finally {
    over.abort()
  }
}

function describeOpening(opened: Opening | undefined): readonly string[] {
  if (opened?.is !== 'not-opened') return []
  const tried = opened.tried.map(describeLaunch).join(', ')
  const where = { ssh: ' behind SSH', container: ' in this container', wsl: ' in WSL', here: ' here' }[opened.place]
  return [`No browser could be opened${where}${tried === '' ? '' : `: ${tried}`}.`]
}

/** Words from the environment: nothing in them may move the cursor. */
const describeLaunch = ({ file, reason }: FailedLaunch): string =>
  `${file} ${reason}`.replace(/\p{Cc}/gu, '').slice(0, 100)

/** Who started this, when and where: whoever is shown a code by somebody else cannot read their own name here. */
export function formatOrigin({ clock, computer }: Pick<Machine, 'clock' | 'computer'>): string {
  const now = clock.now()
  const time = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
  const who = `${computer.userName()}@${computer.hostName()}`.replace(/\p{Cc}/gu, '')
  return `Started by ${who} at ${time}. Do not approve a code that somebody sent you, or that you have not asked for just now.`
}
