/** Chooses permission sets out of many. */
import { useCallback, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { type Fetched, usePages } from '../admin/pages.ts'
import type { ChosenSet } from './assignment-plan.ts'

interface Props {
  chosen: readonly ChosenSet[]
  onChange(chosen: readonly ChosenSet[]): void
}

export function ChoosePermissionSets({ chosen, onChange }: Props) {
  const { api, names, instanceArn } = useAdministration()
  const [text, setText] = useState('')
  const load = useCallback(
    async (NextToken?: string): Promise<Fetched<ChosenSet>> => {
      if (text.trim() !== '') {
        const found = await api.send(prepare('mayfly', 'Search', { Text: text.trim(), Kinds: ['PERMISSION_SET'] }))
        return { items: found.PermissionSets.map((set) => ({ arn: set.PermissionSetArn, name: set.Name })) }
      }
      const input = { InstanceArn: instanceArn, MaxResults: 25, NextToken }
      const page = await api.send(prepare('sso-admin', 'ListPermissionSets', input))
      const named = page.PermissionSets.map(async (arn) => ({
        arn,
        name: (await names.find('PERMISSION_SET', arn)) ?? arn,
      }))
      return { items: await Promise.all(named), nextToken: page.NextToken }
    },
    [api, names, instanceArn, text],
  )
  return (
    <DataTable
      header="Permission sets"
      counter={`(${chosen.length} chosen)`}
      shown={usePages(load)}
      trackBy={(set) => set.arn}
      labelOf={(set) => set.name}
      selection={{ items: chosen, onChange }}
      columns={[{ id: 'name', header: 'Permission set', cell: (set) => set.name }]}
      search={{ text, placeholder: 'Find permission sets by name', onChange: setText }}
      empty={<Empty title="No permission sets yet" />}
    />
  )
}
