/** The picture of the matrix: scrolled, zoomed, walked through by mouse or arrow keys. Only what is visible is drawn. */
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import { drawMatrix } from './draw-matrix.ts'
import { layoutOf, type Matrix, visibleRange } from './matrix.ts'

export interface Cursor {
  row: number
  column: number
}

interface Props {
  matrix: Matrix
  /** Pixels of a cell's side. */
  zoom: number
  cursor: Cursor | undefined
  onCursor(cursor: Cursor | undefined): void
  /** The person wants to know who it is. */
  onOpen(cursor: Cursor): void
}

export function MatrixPicture({ matrix, zoom, cursor, onCursor, onOpen }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const view = useView(frame)
  const layout = layoutOf(zoom, view.width)
  useEffect(() => {
    if (!canvas.current || view.width === 0) return
    const drawing = { matrix, layout, view, cursor, range: visibleRange(matrix, layout, view) }
    drawMatrix(canvas.current, drawing)
  })
  const width = layout.left + matrix.columns.length * zoom
  const height = layout.top + matrix.rows.length * zoom
  const cellAt = (event: PointerEvent): Cursor | undefined => {
    const box = canvas.current?.getBoundingClientRect()
    if (!box) return undefined
    const column = Math.floor((event.clientX - box.left - layout.left + view.x) / zoom)
    const row = Math.floor((event.clientY - box.top - layout.top + view.y) / zoom)
    const inside = event.clientX - box.left >= layout.left && event.clientY - box.top >= layout.top
    return inside && row >= 0 && column >= 0 && row < matrix.rows.length && column < matrix.columns.length
      ? { row, column }
      : undefined
  }
  const walk = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && cursor) return onOpen(cursor)
    const next = step(event.key, cursor ?? { row: 0, column: 0 }, matrix)
    if (!next) return
    event.preventDefault()
    onCursor(next)
    reveal(frame.current, next, layoutOf(zoom, view.width))
  }
  return (
    <div
      ref={frame}
      className="matrix"
      style={{ blockSize: `min(${height + 20}px, 70vh)` }}
      role="application"
      aria-label="Matrix of accounts and permission sets. Arrow keys move, Enter tells who has access. The same is in the table."
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard walks through it
      tabIndex={0}
      onKeyDown={walk}
      onPointerMove={(event) => {
        const next = cellAt(event)
        if (next?.row !== cursor?.row || next?.column !== cursor?.column) onCursor(next)
      }}
      onClick={() => cursor && onOpen(cursor)}
    >
      <canvas ref={canvas} style={{ inlineSize: view.width, blockSize: view.height }} />
      <div className="matrix-room" style={{ inlineSize: width, blockSize: Math.max(0, height - view.height) }} />
    </div>
  )
}

interface View {
  x: number
  y: number
  width: number
  height: number
}

/** Where the frame is scrolled to, and how large it is; follows both, and a change of light and dark. */
function useView(frame: React.RefObject<HTMLDivElement | null>): View {
  const [view, setView] = useState<View>({ x: 0, y: 0, width: 0, height: 0 })
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const read = () =>
      setView({ x: element.scrollLeft, y: element.scrollTop, width: element.clientWidth, height: element.clientHeight })
    read()
    const size = new ResizeObserver(read)
    size.observe(element)
    const appearance = new MutationObserver(read)
    appearance.observe(document.body, { attributeFilter: ['class'] })
    element.addEventListener('scroll', read, { passive: true })
    return () => {
      size.disconnect()
      appearance.disconnect()
      element.removeEventListener('scroll', read)
    }
  }, [frame])
  return view
}

function step(key: string, { row, column }: Cursor, { rows, columns }: Matrix): Cursor | undefined {
  const at = (nextRow: number, nextColumn: number): Cursor => ({
    row: Math.min(rows.length - 1, Math.max(0, nextRow)),
    column: Math.min(columns.length - 1, Math.max(0, nextColumn)),
  })
  switch (key) {
    case 'ArrowUp':
      return at(row - 1, column)
    case 'ArrowDown':
      return at(row + 1, column)
    case 'ArrowLeft':
      return at(row, column - 1)
    case 'ArrowRight':
      return at(row, column + 1)
    case 'Home':
      return at(row, 0)
    case 'End':
      return at(row, columns.length)
    case 'PageUp':
      return at(row - 20, column)
    case 'PageDown':
      return at(row + 20, column)
    default:
      return undefined
  }
}

/** Scrolls until the cell is in sight. */
function reveal(element: HTMLDivElement | null, { row, column }: Cursor, layout: ReturnType<typeof layoutOf>): void {
  if (!element) return
  const { cell, left, top } = layout
  const [x, y] = [column * cell, row * cell]
  const across = element.clientWidth - left - cell
  const down = element.clientHeight - top - cell
  element.scrollTo({
    left: Math.min(Math.max(element.scrollLeft, x - across), x),
    top: Math.min(Math.max(element.scrollTop, y - down), y),
  })
}
