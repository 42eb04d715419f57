/** What a search does not look at, and the account it gives of that. */

import type { PassedOver, PassedOverReason } from './key-search.ts'

/** Folders of what others have written, and of what programs keep to be faster; by their names and the one above. */
const DEPENDENCIES =
  /(^|\/)(node_modules|bower_components|jspm_packages|site-packages|dist-packages|\.eggs|Pods|Carthage|elm-stuff|\.pnpm-store|\.pub-cache|\.terraform\/(providers|modules)|\.cargo\/(registry|git)|\.rustup\/toolchains|go\/pkg|\.m2\/repository|\.gradle\/(caches|wrapper|daemon|native)|\.ivy2\/cache|\.sbt\/boot|\.coursier|\.nuget\/packages|\.gem|vendor\/bundle|\.bundle\/cache|\.cabal\/packages|\.stack\/(snapshots|programs)|\.opam|\.nvm\/versions|\.pyenv\/versions|\.rbenv\/versions|\.asdf\/installs|mise\/installs|\.sdkman\/candidates|\.volta\/tools|\.bun\/install|\.deno|(ana|mini)conda3?\/pkgs|mini(forge|mamba)3?\/pkgs|\.linuxbrew|pnpm\/store|\.vscode(-server|-insiders)?\/(extensions|bin|cli)|\.cursor(-server)?\/(extensions|bin)|\.terraform\.d\/(plugins|plugin-cache)|\.local\/(lib|share\/(virtualenv|uv|pipx\/venvs|JetBrains\/Toolbox\/apps))|Library\/Developer|snap\/[^/]+\/\d+\/\.cache)$/
const CACHES =
  /(^|\/)(\.cache|Caches|Cache|Code Cache|GPUCache|DawnCache|DawnGraphiteCache|ShaderCache|GrShaderCache|CacheStorage|CachedData|CachedExtensionVSIXs|Service Worker|__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox|\.nox|\.parcel-cache|\.turbo|\.sass-cache|\.ccache|_cacache|\.yarn\/(cache|unplugged)|\.next\/cache|\.eslintcache|INetCache|thumbnails|\.mayfly\/retirements)$/
/** Of a repository, its objects are read by way of its history; hooks and settings are files like any other. */
const HISTORY = /(^|\/)\.git\/(?!hooks$|info$)[^/]+$/

const MEDIA =
  /\.(png|jpe?g|gif|bmp|ico|icns|webp|tiff?|psd|heic|avif|mp[34]|m4[av]|mov|avi|mkv|webm|wav|flac|ogg|opus|aac|woff2?|[ot]tf|eot|xcf|sketch)$/i
const ARCHIVE =
  /\.(zip|gz|tgz|bz2|xz|zst|lz4|br|7z|rar|tar|jar|war|ear|whl|egg|crate|nupkg|deb|rpm|apk|ipa|dmg|iso|img|qcow2|vmdk|vdi|vhdx?|cab|pack|idx)$/i
const BINARY =
  /\.(exe|dll|so|dylib|a|o|obj|lib|class|py[co]|wasm|node|pdf|docx?|xlsx?|pptx?|od[tsp]|bin\.lock|pdb|dSYM)$/i

/** Why a folder is not entered; the path has `/` between its names. Nothing when it is. */
export function judgeFolder(path: string): PassedOverReason | undefined {
  if (DEPENDENCIES.test(path)) return 'dependencies'
  if (CACHES.test(path)) return 'cache'
  return HISTORY.test(path) ? 'history' : undefined
}

/** What lies in a folder named `vendor` that a tool has filled. */
export const VENDOR_MARKS = ['modules.txt', 'autoload.php', 'bundle'] as const

/** Why a file is not opened. */
export function judgeFileName(name: string): PassedOverReason | undefined {
  if (MEDIA.test(name)) return 'media'
  if (ARCHIVE.test(name)) return 'archive'
  return BINARY.test(name) ? 'binary' : undefined
}

const WORDS: Readonly<Record<PassedOverReason, string>> = {
  dependencies: 'folders of dependencies',
  cache: 'folders of caches',
  binary: 'files that are no text',
  media: 'pictures, sounds and fonts',
  archive: 'archives',
  'other-owner': "other users' files",
  unreadable: 'files and folders that could not be read',
  'other-file-system': 'files and folders on other file systems',
  'too-big': 'files of which only the beginning was looked at',
  special: 'pipes, sockets and devices',
  history: "Git repositories' histories",
  ignored: 'findings that are named as false alarms',
}

/** Paths of each kind that are kept. */
const EXAMPLES = 5

/** Counts what is passed over; a few of each kind are kept by name. */
export class PassedOverCount {
  readonly #kinds = new Map<string, { why: PassedOverReason; what: string; count: number; examples: string[] }>()

  add(why: PassedOverReason, path: string): void {
    this.include({ why, what: WORDS[why], count: 1, examples: [path] })
  }

  include({ why, what, count, examples }: PassedOver): void {
    const kind = this.#kinds.get(`${why} ${what}`) ?? { why, what, count: 0, examples: [] }
    kind.count += count
    kind.examples.push(...examples.slice(0, EXAMPLES - kind.examples.length))
    this.#kinds.set(`${why} ${what}`, kind)
  }

  /** What a person may want to know of first. */
  list(): readonly PassedOver[] {
    const order = Object.keys(WORDS)
    return [...this.#kinds.values()].sort((one, other) => order.indexOf(one.why) - order.indexOf(other.why))
  }
}
