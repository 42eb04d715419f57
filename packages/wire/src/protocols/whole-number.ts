/** Whole numbers of the models: an `integer` has 32 bits, a `long` what a JavaScript number holds exactly. */

const GREATEST_INTEGER = 2_147_483_647

/** Whether a JSON value fits the type. */
export function isWholeNumber(type: 'integer' | 'long', value: unknown): value is number {
  if (!Number.isSafeInteger(value)) return false
  return type === 'long' || Math.abs(Number(value)) <= GREATEST_INTEGER
}

/** The number that a header, a query or a form holds; undefined when it holds none of that type. */
export function parseWholeNumber(type: 'integer' | 'long', text: string): number | undefined {
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : undefined
  return isWholeNumber(type, value) ? value : undefined
}
