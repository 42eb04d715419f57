/** Members of a service's answer. */

/** A text member; an empty one does not count. */
export function findMember(output: unknown, name: string): string | undefined {
  const value = membersOf(output)[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A number member. */
export function findNumber(output: unknown, name: string): number | undefined {
  const value = membersOf(output)[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** The structures of a list member. */
export function listMembers(output: unknown, name: string): readonly unknown[] {
  const value = membersOf(output)[name]
  return Array.isArray(value) ? value : []
}

const membersOf = (output: unknown): Readonly<Record<string, unknown>> =>
  typeof output === 'object' && output !== null ? (output as Record<string, unknown>) : {}
