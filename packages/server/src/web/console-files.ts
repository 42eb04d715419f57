/** The built console: read at first use, packed once, kept in memory. */

import { readdir, readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** Beside the bundle, or in the source tree. */
const PLACES = [new URL('./console/', import.meta.url), new URL('../../../console/dist/', import.meta.url)]

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}
const PACKED = new Set(['.css', '.html', '.js', '.json', '.svg'])

export interface ConsoleFile {
  readonly contentType: string
  readonly encoding?: 'br' | 'gzip'
  readonly bytes: Uint8Array
}

type Encoding = 'br' | 'gzip' | 'plain'

export class ConsoleFiles {
  readonly #places: readonly URL[]
  #listing: Promise<{ readonly root: URL; readonly assets: ReadonlySet<string> } | undefined> | undefined
  readonly #files = new Map<string, Promise<ConsoleFile>>()

  constructor(places: readonly URL[] = PLACES) {
    this.#places = places
  }

  /** The console's page, or undefined when the console was not built. */
  async findPage(acceptEncoding: string): Promise<ConsoleFile | undefined> {
    const listing = await this.#list()
    return listing && this.#load(new URL('index.html', listing.root), acceptEncoding)
  }

  /** A file of `assets/`, or undefined: only names that were there at the start are ever opened. */
  async findAsset(name: string, acceptEncoding: string): Promise<ConsoleFile | undefined> {
    const listing = await this.#list()
    if (!listing?.assets.has(name)) return undefined
    return this.#load(new URL(`assets/${encodeURIComponent(name)}`, listing.root), acceptEncoding)
  }

  #list() {
    this.#listing ??= findListing(this.#places)
    return this.#listing
  }

  #load(url: URL, acceptEncoding: string): Promise<ConsoleFile> {
    const encoding = PACKED.has(extname(url.pathname)) ? encodingOf(acceptEncoding) : 'plain'
    const key = `${encoding} ${url.href}`
    const known = this.#files.get(key)
    if (known) return known
    const loaded = load(url, encoding)
    this.#files.set(key, loaded)
    loaded.catch(() => this.#files.delete(key))
    return loaded
  }
}

async function findListing(places: readonly URL[]) {
  for (const root of places) {
    const names = await readdir(new URL('assets/', root)).catch(() => undefined)
    if (names) return { root, assets: new Set(names) }
  }
  return undefined
}

function encodingOf(acceptEncoding: string): Encoding {
  if (/\bbr\b/.test(acceptEncoding)) return 'br'
  return /\bgzip\b/.test(acceptEncoding) ? 'gzip' : 'plain'
}

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

async function load(url: URL, encoding: Encoding): Promise<ConsoleFile> {
  const plain = await readFile(url)
  const contentType = TYPES[extname(url.pathname)] ?? 'application/octet-stream'
  if (encoding === 'plain') return { contentType, bytes: plain }
  // Quality 9 of 11: the last two make it three per cent smaller and the first visitor wait ten times as long.
  const packing = { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }
  const bytes = encoding === 'br' ? await brotli(plain, packing) : await zip(plain)
  return { contentType, encoding, bytes }
}
