// Detects the layout of a delimited text: delimiter, title lines above, header, notes below, ragged rows.
import Papa from 'papaparse'

/** Unique header names, and rows padded to the header's width. */
export interface Layout {
  readonly names: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly delimiter: string
  readonly notes: readonly string[]
}

/** Parses a delimited text (RFC 4180 quoting); if `header` is undefined, the first row decides. */
export function parseLayout(text: string, givenDelimiter: string | undefined, header: boolean | undefined): Layout {
  const delimiter = givenDelimiter ?? delimiterOf(text)
  const parsed = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: 'greedy' })
  const notes: string[] = []
  if (parsed.errors.some(({ type }) => type === 'Quotes')) notes.push('some quotes are not closed or misplaced')
  const width = usualWidth(parsed.data)
  const { rows, above, below } = withoutRemarks(parsed.data, width)
  if (above.length > 0) notes.push(`${count(above.length, 'line')} above the table left out: ${quoted(above)}`)
  if (below.length > 0) notes.push(`${count(below.length, 'line')} below the table left out: ${quoted(below)}`)
  const hasHeader = header ?? looksLikeHeader(rows[0] ?? [])
  if (!hasHeader && header === undefined)
    notes.push("the first row has only numbers, so the columns were named 'column 1' …")
  const head = hasHeader ? (rows[0] ?? []) : []
  const body = hasHeader ? rows.slice(1) : rows
  const columns = usedColumns(head, body)
  const ragged = body.filter((row) => row.length !== columns)
  if (ragged.length > 0) {
    const first = rows.indexOf(ragged[0]!) + 1 + above.length
    notes.push(
      `${count(ragged.length, 'row')} not as wide as the ${columns} columns (first: line ${first}); gaps are null`,
    )
  }
  const even = body.map((row) => Array.from({ length: columns }, (_, i) => row[i] ?? ''))
  return { names: unique(head, columns, notes), rows: even, delimiter, notes }
}

/**
 * The delimiter that splits the most lines into the same number (two or more) of cells; tabs and semicolons are
 * preferred to commas.
 */
function delimiterOf(text: string): string {
  const sample = text.slice(0, 65_536)
  let best = ','
  let bestShare = 0
  for (const delimiter of ['\t', ';', ',', '|']) {
    const { data } = Papa.parse<string[]>(sample, { delimiter, preview: 50, skipEmptyLines: 'greedy' })
    const width = usualWidth(data)
    const share = width < 2 ? 0 : data.filter((row) => row.length === width).length / data.length
    if (share > bestShare + 0.05) {
      bestShare = share
      best = delimiter
    }
  }
  return best
}

/** The row width that accounts for the most cells. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const cells = new Map<number, number>()
  for (const row of rows) cells.set(row.length, (cells.get(row.length) ?? 0) + row.length)
  return [...cells].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/**
 * Statistics offices put titles above and sources below their tables: lines with one filled cell where others have
 * three or more.
 */
function withoutRemarks(rows: readonly string[][], width: number) {
  const isComment = (row: readonly string[]) => {
    const filled = row.filter((cell) => cell.trim() !== '')
    return width > 2 && row.length !== width && filled.length < 2 && !Number.isFinite(Number(filled[0]))
  }
  let start = 0
  while (start < rows.length && isComment(rows[start]!)) start++
  let end = rows.length
  while (end > start && isComment(rows[end - 1]!)) end--
  return { rows: rows.slice(start, end), above: rows.slice(0, start), below: rows.slice(end) }
}

function looksLikeHeader(row: readonly string[]): boolean {
  return row.some((cell) => cell.trim() !== '' && Number.isNaN(Number(cell.replace(/[,%]/g, ''))))
}

/** The number of columns without trailing empty unnamed ones, which spreadsheets often add. */
function usedColumns(head: readonly string[], body: readonly (readonly string[])[]): number {
  let columns = body.reduce((widest, row) => Math.max(widest, row.length), head.length)
  const isEmpty = (i: number) => !head[i]?.trim() && body.every((row) => !row[i]?.trim())
  while (columns > 0 && isEmpty(columns - 1)) columns--
  return columns
}

function unique(head: readonly string[], columns: number, notes: string[]): string[] {
  const names: string[] = []
  for (let i = 0; i < columns; i++) {
    const wanted = head[i]?.replace(/\s+/g, ' ').trim() || `column ${i + 1}`
    let name = wanted
    for (let n = 2; names.includes(name); n++) name = `${wanted} (${n})`
    if (name !== wanted) notes.push(`a second column '${wanted}' was named '${name}'`)
    names.push(name)
  }
  return names
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}

function quoted(rows: readonly (readonly string[])[]): string {
  return rows
    .slice(0, 3)
    .map(
      (row) =>
        `'${
          row
            .find((cell) => cell.trim() !== '')
            ?.trim()
            .slice(0, 40) ?? ''
        }'`,
    )
    .join(', ')
}
