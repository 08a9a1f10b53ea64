// What a table's card says: encoding, delimiter, columns with types, rows, first lines.
import Papa from 'papaparse'

export interface TableFacts {
  readonly encoding: string
  readonly delimiter: string
  readonly rows: number
  readonly columns: { name: string; type: string }[]
  readonly head: string[]
}

const MOST_COLUMNS = 500
const SAMPLE_ROWS = 200

/** Facts of a table in CSV or TSV; rows do not count the header. */
export function tableFacts(bytes: Uint8Array): TableFacts {
  const { text, encoding } = decodeText(bytes)
  const { data, meta } = Papa.parse<string[]>(text, { preview: SAMPLE_ROWS, skipEmptyLines: true })
  const [names = [], ...sample] = data
  return {
    encoding,
    delimiter: meta.delimiter.slice(0, 4),
    rows: Math.max(0, countRows(text) - 1),
    columns: names.slice(0, MOST_COLUMNS).map((name, i) => ({
      name: name.slice(0, 200),
      type: columnType(sample.map((row) => row[i] ?? '')),
    })),
    head: firstLines(text),
  }
}

/** Encoding and first lines of a text. */
export function textFacts(bytes: Uint8Array): { encoding: string; head: string[] } {
  const { text, encoding } = decodeText(bytes)
  return { encoding, head: firstLines(text) }
}

function firstLines(text: string): string[] {
  return text
    .slice(0, 4000)
    .split(/\r?\n/)
    .slice(0, 4)
    .map((line) => line.slice(0, 300))
}

function decodeText(bytes: Uint8Array): { text: string; encoding: string } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16le' }
  if (bytes[0] === 0xfe && bytes[1] === 0xff)
    return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16be' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: new TextDecoder('gb18030').decode(bytes), encoding: 'gb18030' }
  }
}

/** Line ends outside quotes. */
function countRows(text: string): number {
  let rows = 0
  let quoted = false
  let filled = false
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i)
    if (char === 34) quoted = !quoted
    if (char === 10 && !quoted) {
      if (filled) rows++
      filled = false
    } else if (char !== 13) filled = true
  }
  return rows + (filled ? 1 : 0)
}

const NUMBER = /^[-+(]?[¥$€£]?\s*\d[\d,\s]*(\.\d+)?([eE][-+]?\d+)?\)?\s*%?$/
const DATE = /^\d{4}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?([ T]\d{1,2}:\d{2}.*)?$/

function columnType(values: readonly string[]): string {
  const filled = values.map((value) => value.slice(0, 60).trim()).filter((value) => value !== '')
  if (filled.length === 0) return 'empty'
  if (filled.every((value) => NUMBER.test(value))) return 'number'
  return filled.every((value) => DATE.test(value)) ? 'date' : 'text'
}
