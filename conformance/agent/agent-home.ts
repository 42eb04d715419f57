/** A home in which an agent may run; whatever runs there is stopped in the end. */

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AgentAnswer, callAgent } from '../../packages/cli/src/hot/agent-call.ts'
import { type AgentDoor, type DoorPlace, findAgentDoor } from '../../packages/cli/src/hot/agent-door.ts'
import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { MAYFLY, runMayfly } from '../harness/mayfly.ts'
import { type ProgramRun, runProgram } from '../harness/run-program.ts'

export const ROLE = { accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' }
export const OTHER_ROLE = { accountId: PRODUCTION, roleName: 'AdministratorAccess' }

export class AgentHome extends Home {
  readonly place: DoorPlace = { home: this.path, platform: process.platform, userId: process.getuid?.() }

  override env(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
    return super.env({ MAYFLY_AGENT: 'allow', ...extra })
  }

  /** What a credential_process of a sealed profile names. */
  get helper(): string {
    return join(this.path, '.mayfly/bin/mayfly-credentials')
  }

  /** True when it is the native one, and not the script that stands in for it. */
  get hasNativeHelper(): boolean {
    return existsSync(this.helper) && readFileSync(this.helper).subarray(0, 2).toString() !== '#!'
  }

  words(role: { readonly accountId: string; readonly roleName: string } = ROLE): readonly string[] {
    return ['--sso-session', 'acme', '--account-id', role.accountId, '--role-name', role.roleName]
  }

  askHelper(role = ROLE, extra: Readonly<Record<string, string>> = {}): Promise<ProgramRun> {
    return runProgram(this.helper, this.words(role), { env: this.env({ MAYFLY_SIGN_IN: 'never', ...extra }) })
  }

  /** With a session, and an agent that runs. */
  async signInAndStart(startUrl: string): Promise<void> {
    this.writeConfig(startUrl, [
      { name: 'dev', ...ROLE },
      { name: 'prod', ...OTHER_ROLE },
    ])
    await this.mayfly('login', '--profile', 'dev')
    await this.mayfly('agent', 'start')
  }

  /** Runs a command that must work. */
  async mayfly(...words: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await runMayfly(this, words)
    if (status !== 0) throw new Error(`mayfly ${words.join(' ')} ended with ${status}: ${stderr}`)
    return stdout
  }

  get door(): AgentDoor | undefined {
    return findAgentDoor(this.place)
  }

  /** Asks the agent as any program of this user may. */
  async ask(...words: readonly string[]): Promise<AgentAnswer | undefined> {
    const { door } = this
    return door && callAgent(door, words)
  }

  /** An agent in the foreground of its own process. */
  runAgent(env: Readonly<Record<string, string>> = {}): ChildProcess {
    return spawn(process.execPath, [MAYFLY, 'agent', 'run'], { env: this.env(env), stdio: ['ignore', 'pipe', 'pipe'] })
  }

  async stop(): Promise<void> {
    const pid = this.door?.pid
    await this.ask('stop')
    for (let waited = 0; pid !== undefined && waited < 100 && isAlive(pid); waited += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    this.remove()
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
