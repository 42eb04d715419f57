/** All that a command may touch. */

import type { Clock } from '@mayfly/identity-center/clock'
import type { Random } from '@mayfly/identity-center/random'
import type { AgentSocket } from './agent-socket.ts'
import type { Browser } from './browser.ts'
import type { CarefulFiles } from './careful-files.ts'
import type { ChildProcess } from './child-process.ts'
import type { Companions } from './companion.ts'
import type { FileTree } from './file-tree.ts'
import type { Files } from './files.ts'
import type { Http } from './http.ts'
import type { Inspection } from './inspection.ts'
import type { Keychain } from './keychain.ts'
import type { Lock } from './lock.ts'
import type { Loopback } from './loopback.ts'
import type { OwnProgram } from './own-program.ts'
import type { Scratch } from './scratch.ts'
import type { SecretMemory } from './secret-memory.ts'
import type { StopSignals } from './stop-signal.ts'
import type { Terminal } from './terminal.ts'
import type { WebServer } from './web-server.ts'

export type Platform = 'linux' | 'darwin' | 'win32'
export type Environment = Readonly<Record<string, string | undefined>>

export interface Machine {
  readonly clock: Clock
  readonly random: Random
  readonly env: Environment
  readonly platform: Platform
  /** The folder that `~` stands for, without a separator at its end. */
  readonly home: string
  readonly files: Files
  /** For whoever walks through folders; loaded when it is asked for. */
  openTree(): Promise<FileTree>
  /** Files that somebody else may have laid out. */
  readonly carefulFiles: CarefulFiles
  readonly scratch: Scratch
  readonly http: Http
  readonly inspection: Inspection
  readonly terminal: Terminal
  readonly browser: Browser
  readonly loopback: Loopback
  readonly webServer: WebServer
  readonly stopSignals: StopSignals
  readonly companions: Companions
  readonly lock: Lock
  readonly childProcess: ChildProcess
  readonly keychain: Keychain
  /** Secrets that this process holds. */
  readonly secrets: SecretMemory
  /** The resident agent; `agent/client.ts` is how it is asked. */
  readonly agent: AgentSocket
  readonly ownProgram: OwnProgram
  /** Loads what is otherwise loaded when it is first used. */
  loadParts(): Promise<unknown>
  /** Who is at work here and where, for the eyes of a person. */
  readonly computer: { readonly userName: () => string; readonly hostName: () => string }
}
