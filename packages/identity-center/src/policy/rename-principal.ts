/** A trust policy in which a user or a role has another name by now, or is gone. */

type Json = Readonly<Record<string, unknown>>

/**
 * The document with `to` in place of the principal `from`, wherever a statement names it as one; the same text where none
 * does. Conditions stay: they are about whoever has that ARN. `document` has been checked when it was written.
 */
export function renamePrincipal(document: string, from: string, to: string): string {
  const policy: unknown = readJson(document)
  if (!isRecord(policy)) return document
  let renamed = 0
  const rename = (name: unknown): unknown => {
    if (name !== from) return name
    renamed += 1
    return to
  }
  const renameIn = (statement: unknown): unknown => {
    if (!isRecord(statement) || !isRecord(statement['Principal'])) return statement
    const { AWS: named } = statement['Principal']
    const AWS = Array.isArray(named) ? named.map(rename) : rename(named)
    return { ...statement, Principal: { ...statement['Principal'], ...(named === undefined ? {} : { AWS }) } }
  }
  const { Statement } = policy
  const statements = Array.isArray(Statement) ? Statement.map(renameIn) : renameIn(Statement)
  return renamed === 0 ? document : JSON.stringify({ ...policy, Statement: statements })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
