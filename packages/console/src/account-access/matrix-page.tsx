/** The whole organization in one picture: accounts × permission sets, or the same as a table. */
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { useAdministration } from '../admin/administration.ts'
import { prepare } from '../admin/call.ts'
import { Empty } from '../admin/data-table.tsx'
import { TextField } from '../admin/fields.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import type { AccessMatrix } from '../admin/operations/mayfly.ts'
import { Show } from '../admin/show.tsx'
import { after } from '../clock.ts'
import { useLoaded } from '../components/loaded.ts'
import { AssignButton } from './assign-button.tsx'
import { CellPrincipals } from './cell-principals.tsx'
import { filterMatrix, type Matrix, ZOOMS } from './matrix.ts'
import { type Cursor, MatrixPicture } from './matrix-picture.tsx'
import { MatrixTable } from './matrix-table.tsx'

export default function MatrixPage() {
  const { api } = useAdministration()
  const [loaded, reload] = useLoaded(useCallback(() => api.send(prepare('mayfly', 'GetAccessMatrix', {})), [api]))
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description="Which permission set is assigned in which account, for the whole organization."
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button iconName="refresh" ariaLabel="Reload the matrix" onClick={reload} />
            <AssignButton query={{}} />
          </SpaceBetween>
        }
      >
        Access matrix
      </Header>
      <Show loaded={loaded} failed="The matrix cannot be shown" onRetry={reload}>
        {(whole) => <Explorer whole={whole} />}
      </Show>
    </SpaceBetween>
  )
}

function Explorer({ whole }: { whole: AccessMatrix }) {
  const [form, setForm] = useState<'picture' | 'table'>('picture')
  const [accountText, setAccountText] = useState('')
  const [setText, setSetText] = useState('')
  const [account, set] = [useDeferredValue(accountText), useDeferredValue(setText)]
  const matrix = useMemo(() => filterMatrix(whole, account, set), [whole, account, set])
  if (whole.Cells.length === 0) {
    return (
      <Empty
        title="Nothing is assigned yet"
        text="Assign a permission set in an account to a user or a group."
        action={<AssignButton query={{}} />}
      />
    )
  }
  return (
    <Container>
      <SpaceBetween size="m">
        <div className="matrix-tools">
          <TextField
            label="Accounts"
            value={accountText}
            placeholder="Name, number or unit"
            onChange={setAccountText}
          />
          <TextField label="Permission sets" value={setText} placeholder="Name" onChange={setSetText} />
          <SegmentedControl
            label="Shown as"
            selectedId={form}
            options={[
              { id: 'picture', text: 'Picture' },
              { id: 'table', text: 'Table' },
            ]}
            onChange={({ detail }) => setForm(detail.selectedId as 'picture' | 'table')}
          />
        </div>
        <div role="status">
          {`${matrix.rows.length.toLocaleString()} accounts × ${matrix.columns.length.toLocaleString()} permission sets, assigned in ${matrix.count.toLocaleString()} of their pairs`}
        </div>
        {form === 'picture' ? <Picture key={`${account}\n${set}`} matrix={matrix} /> : <MatrixTable matrix={matrix} />}
      </SpaceBetween>
    </Container>
  )
}

/** Milliseconds. */
const RESTING = 500

function Picture({ matrix }: { matrix: Matrix }) {
  const [zoom, setZoom] = useState(() => startZoom(matrix))
  const [cursor, setCursor] = useState<Cursor>()
  const [opened, setOpened] = useState<Cursor>()
  // Resting on a filled cell tells who it is, too; passing over many asks for none.
  useEffect(() => {
    if (!cursor || !matrix.find(cursor.row, cursor.column)) return
    return after(RESTING, () => setOpened(cursor))
  }, [cursor, matrix])
  const level = ZOOMS.indexOf(zoom)
  return (
    <SpaceBetween size="s">
      <div className="matrix-tools">
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            iconName="zoom-out"
            ariaLabel="Smaller"
            disabled={level <= 0}
            onClick={() => setZoom(ZOOMS[level - 1] ?? zoom)}
          />
          <Button
            iconName="zoom-in"
            ariaLabel="Larger"
            disabled={level >= ZOOMS.length - 1}
            onClick={() => setZoom(ZOOMS[level + 1] ?? zoom)}
          />
        </SpaceBetween>
        <ul className="matrix-legend" aria-label="Colors">
          <li className="matrix-groups">through groups</li>
          <li className="matrix-users">directly to users</li>
          <li className="matrix-both">both</li>
        </ul>
      </div>
      <MatrixPicture matrix={matrix} zoom={zoom} cursor={cursor} onCursor={setCursor} onOpen={setOpened} />
      <div role="status" className="matrix-told">
        {cursor
          ? tell(matrix, cursor)
          : 'Rest on a cell, or walk with the arrow keys and press Enter, to see who it is.'}
      </div>
      <div className="matrix-told">{opened && <Opened matrix={matrix} cursor={opened} />}</div>
    </SpaceBetween>
  )
}

function Opened({ matrix, cursor: { row, column } }: { matrix: Matrix; cursor: Cursor }) {
  const [account, set, cell] = [matrix.rows[row], matrix.columns[column], matrix.find(row, column)]
  if (!account || !set) return null
  return (
    <div>
      <NamedLink kind="PERMISSION_SET" id={set.Arn} name={set.Name} /> in{' '}
      <NamedLink kind="ACCOUNT" id={account.Id} name={account.Name} />:{' '}
      {cell ? (
        <CellPrincipals key={`${account.Id} ${set.Arn}`} accountId={account.Id} permissionSetArn={set.Arn} />
      ) : (
        <>
          nobody. <AssignButton query={{ account: account.Id, set: set.Arn }} />
        </>
      )}
    </div>
  )
}

function tell(matrix: Matrix, { row, column }: Cursor): string {
  const cell = matrix.find(row, column)
  const place = `${matrix.columns[column]?.Name} in ${matrix.rows[row]?.Name} (${matrix.rows[row]?.Id})`
  if (!cell) return `${place}: nobody`
  const amount = (count: number, one: string) => (count === 0 ? [] : [`${count} ${one}${count === 1 ? '' : 's'}`])
  return `${place}: ${[...amount(cell.groups, 'group'), ...amount(cell.users, 'user')].join(' and ')}`
}

/** As large as fits without much scrolling. */
function startZoom({ rows, columns }: Matrix): number {
  const most = Math.max(rows.length / 2, columns.length)
  return ZOOMS.findLast((zoom) => zoom * most <= 900) ?? ZOOMS[2] ?? 8
}
