/** A person who is signed in, with a profile in two accounts: what most journeys of `mayfly serve` begin with. */

import { DEVELOPMENT, PRODUCTION } from '../harness/example.ts'
import { Home } from '../harness/home.ts'
import { runMayfly } from '../harness/mayfly.ts'
import { ServerProcess } from '../harness/server-process.ts'

export interface SignedIn {
  readonly server: ServerProcess
  readonly home: Home
  stop(): Promise<void>
}

export async function signIn(): Promise<SignedIn> {
  const server = await ServerProcess.start()
  const home = new Home()
  home.writeConfig(server.startUrl, [
    { name: 'dev', accountId: DEVELOPMENT, roleName: 'ReadOnlyAccess' },
    { name: 'prod', accountId: PRODUCTION, roleName: 'AdministratorAccess' },
  ])
  const { status, stderr } = await runMayfly(home, ['login', '--profile', 'dev'])
  if (status !== 0) throw new Error(stderr)
  return {
    server,
    home,
    async stop() {
      home.remove()
      await server.stop()
    },
  }
}
