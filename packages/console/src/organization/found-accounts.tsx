/** The accounts that a search found. */
import Link from '@cloudscape-design/components/link'
import { useCallback } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Empty } from '../admin/data-table.tsx'
import { hrefOf } from '../admin/place.ts'
import { Show } from '../admin/show.tsx'
import { useLoaded } from '../components/loaded.ts'

export function FoundAccounts({ text }: { text: string }) {
  const { api } = useAdministration()
  const [loaded, reload] = useLoaded(
    useCallback(() => api.send(prepare('mayfly', 'Search', { Text: text, Kinds: ['ACCOUNT'] })), [api, text]),
  )
  return (
    <Show loaded={loaded} failed="The search failed" onRetry={reload}>
      {({ Accounts }) =>
        Accounts.length === 0 ? (
          <Empty title="No account matches" text="Try the beginning of the name, the number or the email address." />
        ) : (
          <ul className="attached" aria-label="Accounts found">
            {Accounts.map(({ AccountId, Name, Email }) => (
              <li key={AccountId}>
                <Link href={hrefOf('accounts', AccountId)}>{Name}</Link> {`${AccountId} · ${Email ?? ''}`}
              </li>
            ))}
          </ul>
        )
      }
    </Show>
  )
}
