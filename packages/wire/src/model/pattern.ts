/** The patterns of the models as regular expressions: Java's spelling in, whole values only. */

import type { Shape } from './service-model.ts'

// Beyond a shape's own maximum the length alone refuses; a pattern without a maximum is not run on more than this.
const LONGEST_INPUT = 131_072

// The models are data that never changes, and compiling a pattern costs more than an operation: a memo, keyed by shape.
const compiled = new WeakMap<Shape, RegExp>()

/** True when the shape has a pattern that the whole text does not match. */
export function isRefusedByPattern(shape: Shape, text: string): boolean {
  if (shape.pattern === undefined) return false
  // Length and pattern would both be named; running the pattern on what is too long anyway is only work for an attacker.
  if (text.length > 2 * (shape.max ?? LONGEST_INPUT)) return true
  let expression = compiled.get(shape)
  if (expression === undefined) {
    expression = compilePattern(shape.pattern)
    compiled.set(shape, expression)
  }
  return !expression.test(text)
}

/** A model's pattern, anchored at both ends. Throws `SyntaxError` when it is none. */
export function compilePattern(pattern: string): RegExp {
  const source = pattern
    // Java reads `\u10000` as four digits and a zero; what the authors meant is the code point.
    .replace(/\\u(10[0-9A-Fa-f]{4}|10000)(?![0-9A-Fa-f])/g, '\\u{$1}')
    // With the `u` flag only syntax characters may be escaped, and `-` only inside a class; the models escape more.
    .replace(/\\([\s\S])/g, (escaped, character: string) => {
      if (character === '-') return '\\x2d'
      return /[\w^$\\.*+?()[\]{}|/]/.test(character) && character !== '_' ? escaped : character
    })
  return new RegExp(`^(?:${source})$`, 'u')
}
