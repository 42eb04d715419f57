/** A call that is not made yet: which operation, with what. It can be shown, and then sent. */
import type { ApplicationOperations } from './operations/applications.ts'
import type { IdentityStore } from './operations/identitystore.ts'
import type { Mayfly } from './operations/mayfly.ts'
import type { Organizations } from './operations/organizations.ts'
import type { AssignmentOperations, InstanceOperations, PermissionSetOperations } from './operations/sso-admin.ts'

/** Every operation that the console knows, as `[input, output]`, by service. */
interface Services {
  'sso-admin': PermissionSetOperations & AssignmentOperations & InstanceOperations & ApplicationOperations
  identitystore: IdentityStore
  organizations: Organizations
  mayfly: Mayfly
}

export type ServiceName = keyof Services

/** What stands before the operation's name in `X-Amz-Target`. */
export const TARGET_PREFIXES: Record<ServiceName, string> = {
  'sso-admin': 'SWBExternalService',
  identitystore: 'AWSIdentityStore',
  organizations: 'AWSOrganizationsV20161128',
  mayfly: 'Mayfly',
}

/** `Output` is known to the compiler alone. */
export interface Call<Output = unknown> {
  readonly service: ServiceName
  readonly operation: string
  readonly input: object
  readonly output?: Output
}

type Operations<Service extends ServiceName> = Services[Service]
type Input<Service extends ServiceName, Name extends keyof Operations<Service>> = Operations<Service>[Name] extends [
  infer In,
  unknown,
]
  ? In
  : never
type Output<Service extends ServiceName, Name extends keyof Operations<Service>> = Operations<Service>[Name] extends [
  unknown,
  infer Out,
]
  ? Out
  : never

/** Prepares a call. Members that are undefined or empty texts are left out, as the wire wants it. */
export function prepare<Service extends ServiceName, Name extends keyof Operations<Service> & string>(
  service: Service,
  operation: Name,
  input: Loose<Input<Service, Name>>,
): Call<Output<Service, Name>> {
  return { service, operation, input: withoutAbsent(input as object) }
}

/** Optional members may be handed in as undefined. */
type Loose<T> = { [K in keyof T]: Record<never, never> extends Pick<T, K> ? T[K] | undefined : T[K] }

/** Whether a call changes something: AWS names what only looks by these words. */
export function isChange({ operation }: Call): boolean {
  return !/^(Describe|Get|List|Search)/.test(operation)
}

function withoutAbsent(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
}
