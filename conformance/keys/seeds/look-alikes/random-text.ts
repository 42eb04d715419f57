/** Long random text in which AKIA stands by chance: images, certificates, bundles. */

import type { Draft, Draw } from '../draft.ts'
import { accountLetters } from '../key.ts'

export function randomText(draw: Draw): Draft[] {
  const { chance } = draw
  const shape = (): string =>
    draw.mark(
      { why: 'an AKIA by chance in the middle of base64' },
      `AKIA${accountLetters(chance, BigInt(chance.digits(12)))}`,
    )
  const base64 = (bytes: number): string => chance.bytes(bytes * 3).toString('base64')
  /** The last four groups: within a word, and between the two characters of base64 that are no letters. */
  const blob = (): string => `${base64(80)}${shape()}${base64(60)}/${shape()}+${base64(40)}+${shape()}/${base64(70)}`
  const lines = (text: string): string => text.match(/.{1,76}/gsu)?.join('\n') ?? text
  const pem = (name: string): string => {
    const why = { why: `base64 lines of a ${name}` }
    return `-----BEGIN ${name}-----\n${draw.mark(why, lines(base64(300)))}\n-----END ${name}-----\n`
  }
  const wasm = `${base64(150)}${shape()}${base64(150)}`
  const files: [string, string][] = [
    ['logo.html', `<img alt="secret" src="data:image/png;base64,${blob()}">\n`],
    ['app.min.js', `!function(e){var secret="${blob()}",t=e.key;return t}(window);\n`],
    ['style.css', `@font-face{src:url(data:font/woff2;base64,${blob()})}\n`],
    ['server.pem', pem('CERTIFICATE') + pem('PRIVATE KEY')],
    ['bundle.js.map', `{"version":3,"mappings":"${blob()}"}\n`],
    ['module.js', `const wasm = '${wasm}'\n`],
    ['chart.ipynb', `{"cells":[{"outputs":[{"data":{"image/png":"${blob()}"}}]}]}\n`],
    ['id_rsa', pem('OPENSSH PRIVATE KEY')],
    ['message.eml', `Content-Transfer-Encoding: base64\n\n${lines(base64(200))}\n`],
  ]
  return files.map(([name, text]) => ({ kind: 'random text', path: `${chance.project()}/${name}`, text }))
}
