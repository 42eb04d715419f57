/** JSON as Python's json.dumps writes it: a blank after each comma and colon, nothing but ASCII. */

/** One line of JSON, byte for byte what the AWS CLI puts into its cache files (and hashes into their names). */
export function formatPythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatPythonJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    return `{${members.map(([name, member]) => `${formatText(name)}: ${formatPythonJson(member)}`).join(', ')}}`
  }
  return typeof value === 'string' ? formatText(value) : JSON.stringify(value)
}

/** A JSON string with everything beyond ASCII escaped, as Python does it. */
export const formatText = (text: string): string =>
  JSON.stringify(text).replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
