/** Moves an account into another organizational unit. */
import { useCallback, useState } from 'react'
import { type Administration, useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Change } from '../admin/change.tsx'
import { ChoiceField } from '../admin/fields.tsx'
import { Show } from '../admin/show.tsx'
import { useLoaded } from '../components/loaded.ts'

interface Props {
  account: { id: string; name: string }
  parentId: string
  onClose(): void
  onDone(): void
}

interface UnitChoice {
  id: string
  /** From the root: `Root / Workloads / Production`. */
  path: string
}

export function MoveAccount({ account, parentId, onClose, onDone }: Props) {
  const administration = useAdministration()
  const [units, reload] = useLoaded(useCallback(() => listUnits(administration), [administration]))
  const [chosen, setChosen] = useState('')
  const input = { AccountId: account.id, SourceParentId: parentId, DestinationParentId: chosen }
  return (
    <Change
      header={`Move ${account.name}`}
      action="Move"
      ready={chosen !== ''}
      calls={chosen === '' ? [] : [prepare('organizations', 'MoveAccount', input)]}
      done={`${account.name} was moved.`}
      onClose={onClose}
      onDone={onDone}
    >
      <Show loaded={units} failed="The organizational units cannot be listed" onRetry={reload}>
        {(found) => (
          <ChoiceField
            label="Into"
            value={chosen}
            placeholder="Choose an organizational unit"
            choices={found.filter(({ id }) => id !== parentId).map(({ id, path }) => ({ value: id, label: path }))}
            onChange={setChosen}
          />
        )}
      </Show>
      The service control policies of the new place count from then on, and those of the old one no more.
    </Change>
  )
}

async function listUnits({ api }: Administration): Promise<UnitChoice[]> {
  const roots = await api.listAll(prepare('organizations', 'ListRoots', {}), 'Roots')
  const below = async (id: string, path: string): Promise<UnitChoice[]> => {
    const units = await api.listAll(
      prepare('organizations', 'ListOrganizationalUnitsForParent', { ParentId: id }),
      'OrganizationalUnits',
    )
    const deeper = await Promise.all(units.map((unit) => below(unit.Id, `${path} / ${unit.Name ?? unit.Id}`)))
    return [{ id, path }, ...deeper.flat()]
  }
  return (await Promise.all(roots.map((root) => below(root.Id, root.Name ?? 'Root')))).flat()
}
