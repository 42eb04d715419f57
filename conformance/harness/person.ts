/** A person at a browser without JavaScript: follows redirects, keeps cookies, fills in forms. */

import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface Page {
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly html: string
}

interface Form {
  readonly action: string
  readonly method: string
  readonly fields: Record<string, string>
  /** Each submit button as `[name, value, text]`. */
  readonly buttons: readonly (readonly [name: string, value: string, text: string])[]
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

export class Person {
  readonly #cookies = new Map<string, Map<string, string>>()
  readonly #headers: Readonly<Record<string, string>>
  readonly #ca: string | undefined

  constructor(options: { readonly headers?: Readonly<Record<string, string>>; readonly ca?: string } = {}) {
    this.#headers = options.headers ?? { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/150.0' }
    this.#ca = options.ca
  }

  /** The cookies that this browser would send to `origin`, by name. */
  cookies(origin: string): ReadonlyMap<string, string> {
    return this.#cookies.get(new URL(origin).host) ?? new Map()
  }

  open(url: string): Promise<Page> {
    return this.#go(url, 'GET', undefined)
  }

  /**
   * Submits the page's form whose action contains `action` (the first form when absent), with what the page filled
   * in, `answers` on top, pressing the button whose name=value or text is `button`.
   */
  submit(
    page: Page,
    answers: Readonly<Record<string, string>>,
    choice: { readonly action?: string; readonly button?: string } = {},
  ): Promise<Page> {
    const forms = formsOf(page.html)
    const form = forms.find((each) => choice.action === undefined || each.action.includes(choice.action))
    if (!form) throw new Error(`no such form on ${page.url} (${page.status}):\n${textOf(page.html)}`)
    const fields = new URLSearchParams({ ...form.fields, ...answers })
    if (choice.button !== undefined) {
      const button = form.buttons.find(
        ([name, value, text]) => `${name}=${value}` === choice.button || text === choice.button,
      )
      if (!button) throw new Error(`no button ${choice.button} on ${page.url}: ${JSON.stringify(form.buttons)}`)
      if (button[0]) fields.set(button[0], button[1])
    }
    const target = new URL(form.action || page.url, page.url)
    if (form.method === 'get') {
      target.search = fields.toString()
      return this.#go(target.href, 'GET', undefined)
    }
    return this.#go(target.href, 'POST', fields.toString())
  }

  async #go(url: string, method: string, body: string | undefined): Promise<Page> {
    let page = await this.#request(url, method, body)
    for (let hops = 0; REDIRECTS.has(page.status) && hops < 10; hops++) {
      const location = page.headers['location']
      if (typeof location !== 'string') break
      page = await this.#request(new URL(location, page.url).href, 'GET', undefined)
    }
    return page
  }

  #request(address: string, method: string, body: string | undefined): Promise<Page> {
    const url = new URL(address)
    const jar = this.#cookies.get(url.host) ?? new Map<string, string>()
    this.#cookies.set(url.host, jar)
    const headers: Record<string, string> = { accept: 'text/html', ...this.#headers }
    if (jar.size > 0) headers['cookie'] = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    if (body !== undefined) {
      headers['content-type'] = 'application/x-www-form-urlencoded'
      headers['content-length'] = String(Buffer.byteLength(body))
      headers['origin'] = url.origin
    }
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    return new Promise((resolve, reject) => {
      const call = send(url, { method, headers, ...(this.#ca ? { ca: this.#ca } : {}) }, (response) => {
        for (const cookie of response.headers['set-cookie'] ?? []) keepCookie(jar, cookie)
        let html = ''
        response.setEncoding('utf8').on('data', (text: string) => {
          html += text
        })
        response.on('end', () =>
          resolve({ url: url.href, status: response.statusCode ?? 0, headers: response.headers, html }),
        )
      })
      call.setTimeout(30_000, () => call.destroy(new Error(`no answer from ${url.origin}${url.pathname} in 30 s`)))
      call.on('error', reject)
      call.end(body)
    })
  }
}

function keepCookie(jar: Map<string, string>, header: string): void {
  const [pair = '', ...attributes] = header.split(';')
  const name = pair.slice(0, pair.indexOf('=')).trim()
  const gone = attributes.some((attribute) => /^\s*max-age=0\s*$/i.test(attribute))
  if (gone) jar.delete(name)
  else jar.set(name, pair.slice(pair.indexOf('=') + 1).trim())
}

const attribute = (tag: string, name: string): string | undefined => {
  const match = tag.match(new RegExp(`\\s${name}(?:\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+)))?(?=[\\s/>])`, 'i'))
  return match ? readable(match[1] ?? match[2] ?? match[3] ?? '') : undefined
}

const readable = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&amp;', '&')

/** What a person reads on a page. */
export const textOf = (html: string): string =>
  readable(html.replace(/<(script|style|svg|head)[\s\S]*?<\/\1>/gi, '').replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()

function formsOf(html: string): readonly Form[] {
  return [...html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gi)].map(([text]) => {
    const opening = text.slice(0, text.indexOf('>') + 1)
    const fields: Record<string, string> = {}
    for (const [tag] of text.matchAll(/<input\b[^>]*>/gi)) {
      const name = attribute(tag, 'name')
      const type = attribute(tag, 'type') ?? 'text'
      if (!name || type === 'submit') continue
      if ((type === 'checkbox' || type === 'radio') && attribute(tag, 'checked') === undefined) continue
      fields[name] = attribute(tag, 'value') ?? ''
    }
    const buttons = [...text.matchAll(/(<button\b[^>]*>)([\s\S]*?)<\/button>/gi)].map(
      ([, tag = '', inner = '']) =>
        [attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? '', textOf(inner)] as const,
    )
    return {
      action: attribute(opening, 'action') ?? '',
      method: (attribute(opening, 'method') ?? 'get').toLowerCase(),
      fields,
      buttons,
    }
  })
}
