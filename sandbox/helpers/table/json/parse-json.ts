// Parses JSON files, JSON lines included, without losing the digits of long integers.

export interface ParsedJson {
  readonly value: unknown
  readonly notes: readonly string[]
}

/** @throws Error that names the line of the first fault. */
export function parseJson(name: string, text: string): ParsedJson {
  try {
    return { value: parseExactly(text), notes: [] }
  } catch (fault) {
    const plain = withoutNonFinite(text)
    const value = plain === text ? undefined : tryParse(plain)
    if (value !== undefined) return { value, notes: ['NaN and Infinity, which JSON does not have, became null'] }
    const lines = parseLines(text)
    if (lines) return lines
    throw new Error(`readTable: ${name} is not valid JSON: ${fault instanceof Error ? fault.message : String(fault)}`)
  }
}

/** An integer in JSON that may be too long for a number. */
const LONG_INTEGER = /[:[,\s]-?\d{16,}(?=[\s,\]}])/

/** Long integers become text. */
function parseExactly(text: string): unknown {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text)
  // The compiler does not know of the third argument (ECMAScript 2025).
  const parse = JSON.parse as (
    text: string,
    revive: (key: string, value: unknown, context: { source?: string }) => unknown,
  ) => unknown
  return parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && /^-?\d{16,}$/.test(source) && !Number.isSafeInteger(value)
      ? source
      : value,
  )
}

function tryParse(text: string): unknown {
  try {
    return parseExactly(text)
  } catch {
    return undefined
  }
}

function withoutNonFinite(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text
  return text.replace(/"(?:[^"\\]|\\.)*"|\bNaN\b|-?\bInfinity\b/g, (found) => (found.startsWith('"') ? found : 'null'))
}

/** The share of lines that must be JSON. */
const MIN_VALID = 0.5

function parseLines(text: string): ParsedJson | undefined {
  const values: unknown[] = []
  const faulty: number[] = []
  text.split(/\r\n|\r|\n/).forEach((line, i) => {
    if (line.trim() === '') return
    const value = tryParse(line)
    if (typeof value === 'object' && value !== null) values.push(value)
    else faulty.push(i + 1)
  })
  if (values.length < 2 || values.length * MIN_VALID < faulty.length) return undefined
  const first = faulty.slice(0, 5).join(', ')
  const lines = faulty.length === 1 ? 'line' : 'lines'
  return {
    value: values,
    notes:
      faulty.length === 0
        ? []
        : [
            `${faulty.length} ${lines} left out, since ${faulty.length === 1 ? 'it is' : 'they are'} not valid JSON: ${lines} ${first}${faulty.length > 5 ? ' …' : ''}`,
          ],
  }
}
