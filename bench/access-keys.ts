/** Long-term access keys of many IAM users, two each, made as an administrator makes them. */

import { DEVELOPMENT } from '../conformance/harness/example.ts'
import { signedCall } from '../conformance/harness/signed-call.ts'
import { openFamilies } from './families.ts'

export interface BenchKey {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const PER_USER = 2

export async function createAccessKeys(origin: string, count: number): Promise<readonly BenchKey[]> {
  const administrator = { accountId: DEVELOPMENT, roleName: 'AdministratorAccess' }
  const [family] = await openFamilies(origin, 1, administrator)
  if (!family) throw new Error('nobody is signed in')
  const call = signedCall(origin, family.credentials)
  const keys: BenchKey[] = []
  while (keys.length < count) {
    const UserName = `bench-${keys.length}`
    await call('iam', 'CreateUser', { UserName })
    for (let each = 0; each < PER_USER; each += 1) {
      const { AccessKey } = await call('iam', 'CreateAccessKey', { UserName })
      const { AccessKeyId, SecretAccessKey } = AccessKey as { AccessKeyId: string; SecretAccessKey: string }
      keys.push({ accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey })
    }
  }
  return keys
}
