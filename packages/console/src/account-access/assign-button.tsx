/** A button that leads to the assignment wizard with what is known already filled in. */
import Button from '@cloudscape-design/components/button'
import { hrefOf } from '../admin/place.ts'

export function AssignButton({ query }: { query: Record<string, string> }) {
  return <Button href={`${hrefOf('assign')}?${new URLSearchParams(query)}`}>Assign access</Button>
}
