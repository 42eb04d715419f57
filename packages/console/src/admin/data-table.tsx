/** A table of one kind of thing: its columns, search, pages, selection, what to do with it, and what stands there when it is empty. */
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Pagination from '@cloudscape-design/components/pagination'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import TextFilter from '@cloudscape-design/components/text-filter'
import { Children, type ReactNode } from 'react'
import { Failure } from '../components/failure.tsx'
import type { Shown } from './pages.ts'

export interface Column<T> {
  id: string
  header: string
  cell(item: T): ReactNode
  /** Pixels; the browser's choice when absent. */
  width?: number
}

interface Props<T> {
  /** What is listed, in the plural: "Users". */
  header: string
  variant?: 'h1' | 'h2' | 'h3'
  counter?: string
  description?: ReactNode
  /** Buttons, the most important last. */
  actions?: readonly ReactNode[]
  shown: Shown<T>
  /** False for what is not fetched and so cannot be fetched anew. */
  reloads?: boolean
  columns: readonly Column<T>[]
  trackBy(item: T): string
  /** What a screen reader calls one. */
  labelOf?(item: T): string
  /** Shown when there is nothing at all. */
  empty: ReactNode
  search?: { text: string; placeholder: string; onChange(text: string): void }
  selection?: { items: readonly T[]; onChange(items: T[]): void; type?: 'multi' | 'single' }
}

export function DataTable<T>(props: Props<T>) {
  const { header, variant = 'h2', counter, description, actions, shown, columns, trackBy, empty, search } = props
  const filtered = search !== undefined && search.text.trim() !== ''
  return (
    <SpaceBetween size="s">
      <Failure failure={shown.failure} header={`${header} could not be listed`} onRetry={shown.reload} />
      <Table<T>
        variant="container"
        items={shown.items}
        loading={shown.loading && shown.items.length === 0}
        loadingText={`Loading ${header.toLowerCase()}`}
        trackBy={trackBy}
        wrapLines
        columnDefinitions={columnsOf(columns)}
        {...selectionOf(props)}
        header={
          <Header
            variant={variant}
            {...(counter ? { counter } : {})}
            {...(description ? { description } : {})}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {props.reloads !== false && (
                  <Button iconName="refresh" ariaLabel={`Reload ${header.toLowerCase()}`} onClick={shown.reload} />
                )}
                {Children.toArray(actions)}
              </SpaceBetween>
            }
          >
            {header}
          </Header>
        }
        empty={filtered ? <NoMatch onClear={() => search.onChange('')} /> : shown.failure ? ' ' : empty}
        {...(search
          ? {
              filter: (
                <TextFilter
                  filteringText={search.text}
                  filteringPlaceholder={search.placeholder}
                  filteringAriaLabel={search.placeholder}
                  filteringClearAriaLabel="Clear the search"
                  onChange={({ detail }) => search.onChange(detail.filteringText)}
                />
              ),
            }
          : {})}
        {...(shown.count > 1 ? { pagination: <Turn header={header} shown={shown} /> } : {})}
      />
    </SpaceBetween>
  )
}

function Turn<T>({ header, shown }: { header: string; shown: Shown<T> }) {
  return (
    <Pagination
      currentPageIndex={shown.index}
      pagesCount={shown.count}
      openEnd={shown.openEnd}
      disabled={shown.loading}
      ariaLabels={{
        paginationLabel: `Pages of ${header.toLowerCase()}`,
        nextPageLabel: 'Next page',
        previousPageLabel: 'Previous page',
        pageLabel: (page) => `Page ${page}`,
      }}
      onChange={({ detail }) => shown.turn(detail.currentPageIndex)}
      onNextPageClick={({ detail }) => shown.turn(detail.requestedPageIndex)}
    />
  )
}

function columnsOf<T>(columns: readonly Column<T>[]): TableProps.ColumnDefinition<T>[] {
  return columns.map(({ id, header, cell, width }, at) => ({
    id,
    header,
    cell,
    isRowHeader: at === 0,
    ...(width ? { width } : {}),
  }))
}

function selectionOf<T>({ selection, header, labelOf, trackBy }: Props<T>) {
  if (!selection) return {}
  const { type = 'multi' } = selection
  return {
    selectionType: type,
    selectedItems: selection.items,
    onSelectionChange: ({ detail }: { detail: TableProps.SelectionChangeDetail<T> }) =>
      selection.onChange(detail.selectedItems),
    ariaLabels: {
      selectionGroupLabel: `Choose ${header.toLowerCase()}`,
      allItemsSelectionLabel: () => 'All on this page',
      itemSelectionLabel: (_: unknown, item: T) => labelOf?.(item) ?? trackBy(item),
    },
  } as const
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Box textAlign="center" color="inherit" padding="m">
      <Box variant="strong">Nothing matches</Box>
      <Box padding={{ top: 's' }}>
        <Button onClick={onClear}>Clear the search</Button>
      </Box>
    </Box>
  )
}

/** What stands in an empty list: that it is empty, what it is for, and how to begin. */
export function Empty({ title, text, action }: { title: string; text?: ReactNode; action?: ReactNode }) {
  return (
    <Box textAlign="center" color="inherit" padding="m">
      <div>
        <Box variant="strong">{title}</Box>
      </div>
      {text && <Box color="text-body-secondary">{text}</Box>}
      {action && <Box padding={{ top: 's' }}>{action}</Box>}
    </Box>
  )
}
