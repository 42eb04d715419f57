/** Application assignments: who may use which application, and whether anybody has to be told so. */

import type { Principal } from '@mayfly/identity-center/account-access/account-assignment'
import type { ApplicationAssignment } from '@mayfly/identity-center/applications/application-assignment'
import type { ApplicationArn } from '@mayfly/identity-center/identifiers'
import { Refusal } from '@mayfly/identity-center/refusal'
import type { Store } from '@mayfly/store'
import type { Operations } from '@mayfly/wire/model/operations'
import { listPage } from '../../operation/list-page.ts'
import type { OperationContext } from '../../operation/operation-context.ts'
import { getInstance } from './instance.ts'

type SsoAdmin = Operations<typeof import('@aws-sdk/client-sso-admin'), OperationContext>

export const applicationAssignments = {
  async CreateApplicationAssignment(input, context) {
    const { applicationArn, principal } = readKey(input)
    const createdAt = context.clock.now()
    await context.store.transaction(async (tx) => {
      await tx.applications.get(applicationArn)
      await refuseUnknown(principal, tx)
      // Clients repeat what they have not heard the answer of: again is no error (§1.3).
      await tx.applicationAssignments.insert({ applicationArn, principal, createdAt })
      await context.record(tx, {})
    })
    return {}
  },

  async DeleteApplicationAssignment(input, context) {
    const { applicationArn, principal } = readKey(input)
    await context.store.transaction(async (tx) => {
      await tx.applications.get(applicationArn)
      await tx.applicationAssignments.delete({ applicationArn, principal })
      await context.record(tx, {})
    })
    return {}
  },

  async DescribeApplicationAssignment(input, { store }) {
    const { applicationArn, principal } = readKey(input)
    await store.applications.get(applicationArn)
    const assignment = await store.applicationAssignments.find({ applicationArn, principal })
    if (assignment) return describeAssignment(assignment)
    throw new Refusal('not-found', `${principal.id} is not assigned to ${applicationArn}.`)
  },

  async ListApplicationAssignments(input, context) {
    const arn = input.ApplicationArn as ApplicationArn
    await context.store.applications.get(arn)
    const listing = { operation: 'ListApplicationAssignments', input, filters: [arn] }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.applicationAssignments.list(arn, page),
    )
    return { ApplicationAssignments: items.map(describeAssignment), ...next }
  },

  async ListApplicationAssignmentsForPrincipal(input, context) {
    await getInstance(input.InstanceArn, context)
    const principal = { type: input.PrincipalType, id: input.PrincipalId } as Principal
    await refuseUnknown(principal, context.store)
    const filter = { applicationArn: input.Filter?.ApplicationArn as ApplicationArn | undefined }
    const listing = {
      operation: 'ListApplicationAssignmentsForPrincipal',
      input,
      filters: [principal.type, principal.id, filter.applicationArn],
    }
    const { items, next } = await listPage(listing, context, (page) =>
      context.store.applicationAssignments.listForPrincipal(principal, filter, page),
    )
    return { ApplicationAssignments: items.map(describeAssignment), ...next }
  },

  async GetApplicationAssignmentConfiguration({ ApplicationArn }, { store }) {
    const { assignmentRequired } = await store.applications.get(ApplicationArn as ApplicationArn)
    return { AssignmentRequired: assignmentRequired }
  },

  async PutApplicationAssignmentConfiguration({ ApplicationArn, AssignmentRequired }, context) {
    await context.store.transaction(async (tx) => {
      const application = await tx.applications.get(ApplicationArn as ApplicationArn)
      await tx.applications.update({ ...application, assignmentRequired: AssignmentRequired })
      await context.record(tx, {})
    })
    return {}
  },
} satisfies Partial<SsoAdmin>

interface AssignmentInput {
  readonly ApplicationArn: string
  readonly PrincipalType: 'USER' | 'GROUP'
  readonly PrincipalId: string
}

const readKey = ({ ApplicationArn, PrincipalType, PrincipalId }: AssignmentInput) => ({
  applicationArn: ApplicationArn as ApplicationArn,
  principal: { type: PrincipalType, id: PrincipalId } as Principal,
})

const describeAssignment = ({ applicationArn, principal }: ApplicationAssignment) => ({
  ApplicationArn: applicationArn,
  PrincipalId: principal.id,
  PrincipalType: principal.type,
})

/** Throws `not-found`. */
async function refuseUnknown({ type, id }: Principal, store: Pick<Store, 'users' | 'groups'>): Promise<void> {
  await (type === 'USER' ? store.users.get(id) : store.groups.get(id))
}
