/** Draws the visible part of the matrix on a canvas: filled cells by how access is given, names at the left and the top. */
import type { Layout, Matrix, Range } from './matrix.ts'

/** Read from the style sheet, so that light and dark have their own. */
interface Colors {
  background: string
  line: string
  text: string
  groups: string
  users: string
  both: string
  cursor: string
}

interface Drawing {
  matrix: Matrix
  layout: Layout
  range: Range
  view: { x: number; y: number; width: number; height: number }
  cursor: { row: number; column: number } | undefined
}

export function drawMatrix(canvas: HTMLCanvasElement, drawing: Drawing): void {
  const { width, height } = drawing.view
  const scale = devicePixelRatio || 1
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const pen = canvas.getContext('2d')
  if (!pen) return
  pen.setTransform(scale, 0, 0, scale, 0, 0)
  const colors = readColors(canvas)
  pen.fillStyle = colors.background
  pen.fillRect(0, 0, width, height)
  drawCells(pen, drawing, colors)
  if (drawing.layout.left > 0) drawNames(pen, drawing, colors)
}

function drawCells(
  pen: CanvasRenderingContext2D,
  { matrix, layout, range, view, cursor }: Drawing,
  colors: Colors,
): void {
  const { cell, left, top } = layout
  const gap = cell >= 8 ? 1 : 0
  pen.save()
  pen.beginPath()
  pen.rect(left, top, view.width - left, view.height - top)
  pen.clip()
  for (let row = range.firstRow; row < range.endRow; row++) {
    const y = top + row * cell - view.y
    if (gap) {
      pen.fillStyle = colors.line
      pen.fillRect(left, y + cell - 1, view.width, 1)
    }
    for (const { column, users, groups } of matrix.cells[row] ?? []) {
      if (column < range.firstColumn || column >= range.endColumn) continue
      pen.fillStyle = users === 0 ? colors.groups : groups === 0 ? colors.users : colors.both
      pen.fillRect(left + column * cell - view.x + gap, y + gap, cell - 2 * gap, cell - 2 * gap)
    }
  }
  if (cursor) {
    pen.strokeStyle = colors.cursor
    pen.lineWidth = 2
    const side = Math.max(cell, 6)
    pen.strokeRect(left + cursor.column * cell - view.x, top + cursor.row * cell - view.y, side, side)
  }
  pen.restore()
}

function drawNames(pen: CanvasRenderingContext2D, { matrix, layout, range, view }: Drawing, colors: Colors): void {
  const { cell, left, top } = layout
  pen.fillStyle = colors.text
  pen.font = `${Math.min(13, cell - 1)}px "Open Sans", sans-serif`
  pen.textBaseline = 'middle'
  pen.save()
  pen.beginPath()
  pen.rect(0, top, left - 6, view.height - top)
  pen.clip()
  for (let row = range.firstRow; row < range.endRow; row++) {
    pen.fillText(matrix.rows[row]?.Name ?? '', 4, top + row * cell - view.y + cell / 2)
  }
  pen.restore()
  pen.save()
  pen.beginPath()
  pen.rect(left, 0, view.width - left, top - 2)
  pen.clip()
  for (let column = range.firstColumn; column < range.endColumn; column++) {
    pen.save()
    pen.translate(left + column * cell - view.x + cell / 2, top - 6)
    pen.rotate(-Math.PI / 2)
    pen.fillText(matrix.columns[column]?.Name ?? '', 0, 0, top - 10)
    pen.restore()
  }
  pen.restore()
}

function readColors(canvas: HTMLCanvasElement): Colors {
  const style = getComputedStyle(canvas)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    background: read('--page-background'),
    line: read('--row-border'),
    text: read('--block-text'),
    groups: read('--matrix-groups'),
    users: read('--matrix-users'),
    both: read('--matrix-both'),
    cursor: read('--row-text-current'),
  }
}
