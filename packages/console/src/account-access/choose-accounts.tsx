/** Chooses accounts out of many: page by page, by search, or all of them. */
import Button from '@cloudscape-design/components/button'
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { type Fetched, usePages } from '../admin/pages.ts'
import { useAction } from '../components/loaded.ts'
import type { ChosenAccount } from './assignment-plan.ts'

interface Props {
  chosen: readonly ChosenAccount[]
  onChange(chosen: readonly ChosenAccount[]): void
}

export function ChooseAccounts({ chosen, onChange }: Props) {
  const { api } = useAdministration()
  const [text, setText] = useState('')
  const { running, run } = useAction()
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<ChosenAccount>> => {
      if (text.trim() !== '') {
        const { Accounts } = await api.send(prepare('mayfly', 'Search', { Text: text.trim(), Kinds: ['ACCOUNT'] }))
        return { items: Accounts.map(({ AccountId, Name }) => ({ id: AccountId, name: Name })) }
      }
      const page = await api.send(prepare('organizations', 'ListAccounts', { NextToken }))
      return { items: page.Accounts.map(({ Id, Name }) => ({ id: Id, name: Name ?? Id })), nextToken: page.NextToken }
    },
    [api, text],
  )
  const chooseAll = () =>
    void run(async () => {
      const all = await api.listAll(prepare('organizations', 'ListAccounts', {}), 'Accounts')
      onChange(all.map(({ Id, Name }) => ({ id: Id, name: Name ?? Id })))
    })
  return (
    <DataTable
      header="Accounts"
      counter={`(${chosen.length} chosen)`}
      shown={usePages(load)}
      trackBy={(account) => account.id}
      labelOf={(account) => account.name}
      selection={{ items: chosen, onChange }}
      actions={[
        <Button key="none" disabled={chosen.length === 0} formAction="none" onClick={() => onChange([])}>
          Choose none
        </Button>,
        <Button key="all" loading={running} formAction="none" onClick={chooseAll}>
          Choose every account
        </Button>,
      ]}
      columns={[
        { id: 'name', header: 'Account', cell: (account) => account.name },
        { id: 'id', header: 'Account ID', cell: (account) => account.id },
      ]}
      search={{ text, placeholder: 'Find accounts by name or number', onChange: setText }}
      empty={<Empty title="No accounts" />}
    />
  )
}
