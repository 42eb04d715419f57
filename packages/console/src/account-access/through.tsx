/** Through whom somebody holds a permission set: directly, or through which groups. */
import Box from '@cloudscape-design/components/box'
import { NamedLink } from '../admin/named-link.tsx'
import type { Through as Principal } from '../admin/operations/mayfly.ts'

export function Through({ through }: { through: readonly Principal[] }) {
  return through.map(({ PrincipalType, PrincipalId, Name }, at) => (
    <span key={PrincipalId}>
      {at > 0 && ', '}
      {PrincipalType === 'USER' ? (
        <Box variant="span">assigned directly</Box>
      ) : (
        <>
          group <NamedLink kind="GROUP" id={PrincipalId} name={Name} />
        </>
      )}
    </span>
  ))
}
