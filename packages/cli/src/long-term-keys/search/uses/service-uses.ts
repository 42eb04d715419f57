/** Which service, secret, user or run configuration has a key: files of containers, clusters and editors. */

import { basename, dirname } from 'node:path'
import type { KeyUse } from '../../key/found-key.ts'
import { blocksAround, bracesAround, itemValue, lastAbove, linesAround, settingOf, yamlAbove } from './text-around.ts'

const use = (tool: string, name?: string): readonly KeyUse[] => [
  { tool, ...(name !== undefined && name !== '' && { name }) },
]

export function usesInCompose(text: string, offset: number): readonly KeyUse[] {
  const { lines, at } = linesAround(text, offset)
  const steps = yamlAbove(lines, at)
  const services = steps.findIndex(({ key }) => key === 'services')
  return use('Docker Compose', services < 0 ? undefined : steps[services + 1]?.key)
}

export function usesInDocker(path: string, text: string, offset: number): readonly KeyUse[] {
  const image = lastAbove(text, offset, /^[ \t]*FROM[ \t]+(?:--\S+[ \t]+)*(\S+)(?:[ \t]+AS[ \t]+(\S+))?/gim)
  return use('Docker', /\.json$/.test(path) ? undefined : (image?.[2] ?? `image of ${basename(dirname(path))}`))
}

/** `Secret prod/aws`: of the document of the file in which the place lies. */
export function usesInKubernetes(text: string, offset: number): readonly KeyUse[] {
  const start = text.lastIndexOf('\n---', offset)
  const end = text.indexOf('\n---', offset)
  const part = text.slice(Math.max(0, start), end < 0 ? text.length : end).slice(0, 100_000)
  const kind = /^[ \t]*"?kind"?:[ \t]*["']?(\w+)/m.exec(part)?.[1]
  const metadata = /^([ \t]*)"?metadata"?:[^\n]*\n((?:\1[ \t]+[^\n]*(?:\n|$))*)/m.exec(part)?.[2] ?? ''
  const word = (name: string): string | undefined =>
    new RegExp(`^[ \\t]*"?${name}"?:[ \\t]*["']?([^"'\\s,]+)`, 'm').exec(metadata)?.[1]
  const name = [word('namespace'), word('name')].filter((each) => each !== undefined).join('/')
  return use('Kubernetes', [kind, name].filter((each) => each !== undefined && each !== '').join(' '))
}

export function usesInKubeconfig(text: string, offset: number): readonly KeyUse[] {
  const { lines, at } = linesAround(text, offset)
  const steps = yamlAbove(lines, at)
  const item =
    steps.find(({ isItem }, index) => isItem && steps[index - 1]?.key === 'users') ?? steps.find(({ isItem }) => isItem)
  return use('kubectl', item && itemValue(lines, item, 'name'))
}

export function usesInTerraform(text: string, offset: number): readonly KeyUse[] {
  const blocks = blocksAround(text, offset)
  const block = blocks.findLast(({ type }) =>
    /^(?:provider|backend|resource|data|variable|module|locals|config)$/.test(type),
  )
  if (!block) return use('Terraform')
  const alias = block.type === 'provider' && settingOf(text, block.start, /(?:^|\n)\s*alias\s*=\s*"([^"\n]*)"/)
  const name = `${[block.type, ...block.labels].join(' ')}${alias ? `, alias ${alias}` : ''}`
  return use('Terraform', name)
}

export function usesInState(text: string, offset: number): readonly KeyUse[] {
  const type = lastAbove(text, offset, /"type"\s*:\s*"(aws_\w+)"/g)?.[1]
  const name = lastAbove(text, offset, /"name"\s*:\s*"([^"\n]+)"/g)?.[1]
  return use(
    'Terraform state',
    type === undefined ? undefined : [type, name].filter((each) => each !== undefined).join('.'),
  )
}

/** The innermost object around it that has a name, and a program or a type to start. */
export function usesInEditor(path: string, text: string, offset: number): readonly KeyUse[] {
  if (/\.xml$/.test(path))
    return use('JetBrains IDE', lastAbove(text, offset, /<configuration\b[^>\n]{0,500}?\bname="([^"\n]{0,300})"/g)?.[1])
  const names = bracesAround(text, offset).map(({ start }) =>
    settingOf(text, start, /"(?:name|label)"\s*:\s*"([^"\n]*)"/),
  )
  const tool = /[\\/](?:\.vscode|Code|Cursor|VSCodium)[\\/]/.test(path) ? 'VS Code' : 'IDE'
  return use(
    tool,
    names.findLast((name) => name !== undefined),
  )
}
