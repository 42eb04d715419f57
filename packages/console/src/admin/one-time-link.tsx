/** A link that works once: copied here, because it is shown no second time. */
import Alert from '@cloudscape-design/components/alert'
import { formatMoment } from '../components/moments.ts'
import { CopyValue } from '../components/text-block.tsx'
import type { OneTimeLink as Link } from './operations/mayfly.ts'

export function OneTimeLink({ link, what }: { link: Link; what: string }) {
  return (
    <div role="status">
      <Alert type="success" header={what}>
        <CopyValue label="the one-time link" value={link.Link} />
        <div>
          {`It works once, until ${formatMoment(new Date(link.ExpiresAt * 1000))}, and is shown only now.`}
          {link.SentTo ? ` It was also sent to ${link.SentTo}.` : ' Send it to the person yourself.'}
        </div>
      </Alert>
    </div>
  )
}
