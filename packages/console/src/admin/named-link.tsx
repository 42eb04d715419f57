/** A link to a user, a group, an account or a permission set, that shows its name once it is known. */
import Link from '@cloudscape-design/components/link'
import { useEffect, useState } from 'react'
import { useAdministration } from './administration.ts'
import type { Kind } from './names.ts'
import { hrefOf } from './place.ts'

const PAGES: Record<Kind, string> = {
  USER: 'users',
  GROUP: 'groups',
  ACCOUNT: 'accounts',
  PERMISSION_SET: 'permission-sets',
}

/** Pass `name` when the answer at hand already holds it. */
export function NamedLink({ kind, id, name }: { kind: Kind; id: string; name?: string | undefined }) {
  const shown = useName(kind, id, name)
  return <Link href={hrefOf(PAGES[kind], id)}>{shown ?? shortId(id)}</Link>
}

/** The name of something, undefined until it is known; what is gone stays undefined. */
function useName(kind: Kind, id: string, known?: string): string | undefined {
  const { names } = useAdministration()
  const [name, setName] = useState(known)
  useEffect(() => {
    let shown = true
    if (known) names.keep(kind, id, known)
    names.find(kind, id).then(
      (found) => shown && setName(found),
      () => undefined,
    )
    return () => {
      shown = false
    }
  }, [names, kind, id, known])
  return name
}

/** What is left to read of an ARN. */
export function shortId(id: string): string {
  return id.startsWith('arn:') ? (id.split('/').at(-1) ?? id) : id
}
