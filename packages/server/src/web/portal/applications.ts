/** My applications: those that I may use and that the access portal shows. */

import type { Application } from '@mayfly/identity-center/applications/application'
import type { PortalCall } from './portal-call.ts'

/** More than a person can look through. */
const MOST = 1000

/** GET /portal/applications, by name. `url` is where signing in begins, of an application that has said so. */
export async function listApplications({ caller, store }: PortalCall): Promise<object> {
  const { items } = await store.applications.listForUser(caller.user.id, { limit: MOST })
  return { applications: items.map(describeApplication) }
}

const describeApplication = ({ arn, name, description, signInOptions }: Application) => ({
  arn,
  name,
  ...(description === undefined ? {} : { description }),
  ...(signInOptions?.applicationUrl === undefined ? {} : { url: signInOptions.applicationUrl }),
})
