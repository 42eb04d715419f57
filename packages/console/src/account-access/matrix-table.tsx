/** The matrix as a table, row by filled cell: for whoever reads better than looks. */
import { useCallback, useMemo } from 'react'
import { DataTable, Empty } from '../admin/data-table.tsx'
import { NamedLink } from '../admin/named-link.tsx'
import { useWhole } from '../admin/pages.ts'
import { CellPrincipals } from './cell-principals.tsx'
import type { Matrix, MatrixCell } from './matrix.ts'

export function MatrixTable({ matrix }: { matrix: Matrix }) {
  const all = useMemo(() => matrix.cells.flat(), [matrix])
  const shown = useWhole(
    useCallback(async () => all, [all]),
    20,
  )
  const account = ({ row }: MatrixCell) => matrix.rows[row] ?? { Id: '', Name: '' }
  const set = ({ column }: MatrixCell) => matrix.columns[column] ?? { Arn: '', Name: '' }
  return (
    <DataTable
      header="Assigned"
      shown={shown}
      reloads={false}
      trackBy={(cell) => `${cell.row} ${cell.column}`}
      columns={[
        {
          id: 'account',
          header: 'Account',
          cell: (cell) => <NamedLink kind="ACCOUNT" id={account(cell).Id} name={account(cell).Name} />,
        },
        {
          id: 'set',
          header: 'Permission set',
          cell: (cell) => <NamedLink kind="PERMISSION_SET" id={set(cell).Arn} name={set(cell).Name} />,
        },
        { id: 'groups', header: 'Groups', cell: (cell) => cell.groups },
        { id: 'users', header: 'Users', cell: (cell) => cell.users },
        {
          id: 'who',
          header: 'Assigned to',
          cell: (cell) => <CellPrincipals accountId={account(cell).Id} permissionSetArn={set(cell).Arn} />,
        },
      ]}
      empty={<Empty title="Nothing is assigned" />}
    />
  )
}
