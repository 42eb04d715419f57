/** Waits until what the server does behind the answer is done: it answers IN_PROGRESS, and is asked again. */
import { type Administration, useAdministration } from '../admin/administration.ts'
import type { Call } from '../admin/call.ts'
import { prepare } from '../admin/call.ts'
import type { AssignmentStatus, ProvisioningStatus } from '../admin/operations/sso-admin.ts'
import { pause } from '../clock.ts'

interface Status {
  Status: 'IN_PROGRESS' | 'FAILED' | 'SUCCEEDED'
  FailureReason?: string
}

const TRIES = 60

/** Answers why provisioning failed, once for each request that did. */
export function useSettled(): (
  answers: readonly { PermissionSetProvisioningStatus: ProvisioningStatus }[],
) => Promise<string[]> {
  const { api, instanceArn } = useAdministration()
  return async (answers) => {
    const failures = await Promise.all(
      answers.map(async ({ PermissionSetProvisioningStatus: begun }) => {
        const ask = prepare('sso-admin', 'DescribePermissionSetProvisioningStatus', {
          InstanceArn: instanceArn,
          ProvisionPermissionSetRequestId: begun.RequestId,
        })
        const ended = await settle(begun, async () => (await api.send(ask)).PermissionSetProvisioningStatus)
        return ended.Status === 'FAILED' ? [ended.FailureReason ?? 'No reason was given.'] : []
      }),
    )
    return failures.flat()
  }
}

/** Makes an assignment and waits for its end. Throws what refused or failed it. */
export async function assign(
  { api, instanceArn }: Pick<Administration, 'api' | 'instanceArn'>,
  call: Call<{ AccountAssignmentCreationStatus: AssignmentStatus }>,
): Promise<void> {
  const { AccountAssignmentCreationStatus: begun } = await api.send(call)
  const ask = prepare('sso-admin', 'DescribeAccountAssignmentCreationStatus', {
    InstanceArn: instanceArn,
    AccountAssignmentCreationRequestId: begun.RequestId,
  })
  const ended = await settle(begun, async () => (await api.send(ask)).AccountAssignmentCreationStatus)
  if (ended.Status === 'FAILED') throw new Error(ended.FailureReason ?? 'No reason was given.')
}

async function settle<S extends Status>(begun: S, ask: () => Promise<S>): Promise<S> {
  let status = begun
  for (let tries = 0; status.Status === 'IN_PROGRESS' && tries < TRIES; tries++) {
    if (tries > 0) await pause(Math.min(2000, 100 * 2 ** tries))
    status = await ask()
  }
  return status
}
