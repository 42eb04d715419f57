/** A terminal's screen as a picture: an SVG of its text, in its colours, light or dark as the page around it is. */

/** How a run of characters looks. Colours are those of the terminal's palette: 0 to 15. */
interface Style {
  readonly colour?: number
  readonly isBold?: true
  readonly isDim?: true
  readonly isUnderlined?: true
  readonly isInverse?: true
}

interface Run {
  readonly style: Style
  readonly text: string
}

const PLAIN: Style = {}

const ESCAPE = String.fromCodePoint(27)
const RENDITION = new RegExp(`${ESCAPE}\\[([\\d;]*)m`)

/** One line of `capture-pane -e`: text between select-graphic-rendition sequences (ECMA-48 §8.3.117). */
function readRuns(line: string, before: Style): { readonly runs: readonly Run[]; readonly after: Style } {
  const runs: Run[] = []
  let style = before
  for (const [index, part] of line.split(RENDITION).entries()) {
    if (index % 2 === 1) style = changeStyle(style, part)
    else if (part !== '') runs.push({ style, text: part })
  }
  return { runs, after: style }
}

function changeStyle(former: Style, parameters: string): Style {
  let style = former
  for (const number of parameters.split(';').map(Number)) {
    if (number === 0) style = PLAIN
    else if (number === 1) style = { ...style, isBold: true }
    else if (number === 2) style = { ...style, isDim: true }
    else if (number === 4) style = { ...style, isUnderlined: true }
    else if (number === 7) style = { ...style, isInverse: true }
    else if (number >= 30 && number <= 37) style = { ...style, colour: number - 30 }
    else if (number >= 90 && number <= 97) style = { ...style, colour: number - 82 }
    else if (number === 39) style = withoutColour(style)
    else if (number === 22) style = withoutWeight(style)
  }
  return style
}

const withoutColour = ({ colour: _, ...style }: Style): Style => style
const withoutWeight = ({ isBold: _, isDim: __, ...style }: Style): Style => style

const CHARACTER = { width: 8.43, height: 19 }
const EDGE = { side: 16, top: 40, bottom: 14 }

/** Names of the sixteen colours in the picture's style sheet; black and white are the text's own colour. */
const COLOURS: Readonly<Record<number, string>> = { 1: 'r', 2: 'g', 3: 'y', 4: 'b', 5: 'm', 6: 'c', 8: 'd' }

const classOf = ({ colour, isBold, isDim, isUnderlined, isInverse }: Style): string =>
  [
    COLOURS[(colour ?? 0) > 8 ? (colour ?? 0) - 8 : (colour ?? 0)],
    isBold && 's',
    isDim && 'd',
    isUnderlined && 'u',
    isInverse && 'i',
  ]
    .filter(Boolean)
    .join(' ')

const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => `&#${String(character.codePointAt(0))};`)

const STYLE = `text{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre;fill:#1f2328}
.w{fill:#ffffff;stroke:#d0d7de}.t{fill:#59636e;font-size:12px}.s{font-weight:700}.d{fill:#59636e}.u{text-decoration:underline}
.r{fill:#cf222e}.g{fill:#116329}.y{fill:#7d4e00}.b{fill:#0550ae}.m{fill:#8250df}.c{fill:#1b7c83}.i{fill:#0550ae;font-weight:700}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.w{fill:#0d1117;stroke:#3d444d}.t,.d{fill:#9198a1}
.r{fill:#ff7b72}.g{fill:#56d364}.y{fill:#e3b341}.b,.i{fill:#79c0ff}.m{fill:#d2a8ff}.c{fill:#76e3ea}}`

/**
 * `screen` is what `tmux capture-pane -e -p` prints; `title` stands in the window's bar, and is what a screen reader says
 * before it reads the text. As wide as `columns` characters.
 */
export function drawTerminal(screen: string, { title, columns = 80 }: { title: string; columns?: number }): string {
  const width = Math.ceil(columns * CHARACTER.width + 2 * EDGE.side)
  const lines = screen.trimEnd().split('\n')
  const height = EDGE.top + lines.length * CHARACTER.height + EDGE.bottom
  let style = PLAIN
  const texts = lines.map((line, row) => {
    const { runs, after } = readRuns(line, style)
    style = after
    const y = EDGE.top + row * CHARACTER.height + 8
    return runs.length === 0 ? '' : `<text x="${EDGE.side}" y="${y}">${runs.map(drawRun).join('')}</text>`
  })
  const dots = [0, 1, 2].map((dot) => `<circle class="t" cx="${20 + dot * 18}" cy="16" r="5"/>`).join('')
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" xml:space="preserve">`,
    `<title>${escapeXml(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="w" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>${dots}`,
    `<text class="t" x="${width / 2}" y="20" text-anchor="middle">${escapeXml(title)}</text>`,
    ...texts.filter((text) => text !== ''),
    '</svg>',
    '',
  ].join('\n')
}

function drawRun({ style, text }: Run): string {
  const name = classOf(style)
  const escaped = escapeXml(text)
  return name === '' ? `<tspan>${escaped}</tspan>` : `<tspan class="${name}">${escaped}</tspan>`
}
