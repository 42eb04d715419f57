/** The XML of AWS Query: elements and text, nothing else. */

export interface XmlElement {
  readonly name: string
  readonly children: XmlElement[]
  text: string
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
}

/** Text as it may stand between tags. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? character)
}

/** `content` must be XML already: elements, or text that was escaped. */
export function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`
}

const TOKEN = /<(\/?)([A-Za-z_][\w.:-]*)(?:\s[^<>]*?)?(\/?)>|<\?[^<>]*\?>|<!--[\s\S]*?-->|([^<]+)/y
const MOST_DEPTH = 40

/** The root element, or undefined when the text is not the XML that AWS writes. Document types are refused. */
export function parseXml(text: string): XmlElement | undefined {
  const root: XmlElement = { name: '', children: [], text: '' }
  const open = [root]
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.length) {
    const token = TOKEN.exec(text)
    const parent = open.at(-1)
    if (token === null || parent === undefined || open.length > MOST_DEPTH) return undefined
    const [, closing, name, empty, characters] = token
    if (characters !== undefined) parent.text += unescapeXml(characters)
    else if (closing) {
      if (open.length < 2 || parent.name !== name) return undefined
      open.pop()
    } else if (name !== undefined) {
      const child: XmlElement = { name, children: [], text: '' }
      parent.children.push(child)
      if (!empty) open.push(child)
    }
  }
  return open.length === 1 && root.children.length === 1 ? root.children[0] : undefined
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED.get(name) ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** The first child of that name. */
export function findChild(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name === name)
}
