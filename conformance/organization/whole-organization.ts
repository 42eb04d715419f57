/** A server that holds no more than seed.yaml, its founder, and what it has to be like once a plan is set up. */

import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { ServerProcess } from '../harness/server-process.ts'
import { permissionSetsAsMade, placesAsMade } from './as-made.ts'
import { effectiveAccess } from './effective-access.ts'
import { type Keys, MANAGEMENT, PortalPerson } from './founder.ts'
import { expectedAccess, type Plan } from './plan.ts'
import { Sdk } from './sdk.ts'

export const founder = { userName: 'founder', password: 'mayfly-example' } as const

export class WholeOrganization {
  readonly server: ServerProcess
  /** The founder's, as administrator of the management account. */
  readonly keys: Keys
  readonly sdk: Sdk

  private constructor(server: ServerProcess, keys: Keys, sdk: Sdk) {
    this.server = server
    this.keys = keys
    this.sdk = sdk
  }

  static async start(): Promise<WholeOrganization> {
    const server = await ServerProcess.start({
      args: ['--example', '--quota', 'accounts=100'],
      env: { MAYFLY_EXAMPLE: fileURLToPath(new URL('seed.yaml', import.meta.url)) },
    })
    const person = await PortalPerson.signIn(server.origin, founder.userName, founder.password)
    const keys = await person.roleKeys(MANAGEMENT, 'AdministratorAccess')
    return new WholeOrganization(server, keys, await Sdk.connect(server.origin, keys))
  }

  stop(): Promise<void> {
    return this.server.stop()
  }

  /** Everybody may get into what the plan says, and it is made of what the plan says. */
  async expectPlan(plan: Plan): Promise<void> {
    expect(await placesAsMade(this.sdk)).toEqual(plan.accounts.map(({ name, unit }) => `${name} ${unit}`).sort())
    expect(await permissionSetsAsMade(this.sdk)).toEqual(
      plan.permissionSets.map((set) => ({ ...set, tags: { plan: set.name } })),
    )
    expect(await effectiveAccess(this.server.origin, this.keys, this.sdk)).toEqual(expectedAccess(plan))
  }
}
