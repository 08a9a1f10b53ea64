// Finds where a table begins and ends among the rows of a file: titles above, one or two rows of names, remarks below.

/** The rows of a file as texts. */
type TextRows = readonly (readonly string[])[]

/** Where the table is, and what its columns are called. */
export interface Layout {
  /** Rows above the names, which are not part of the table. */
  readonly above: number
  /** Rows of names: 0, 1 or 2. */
  readonly headerRows: number
  /** As in the file: not yet unique, '' where there is none. */
  readonly names: readonly string[]
  readonly notes: readonly string[]
}

/** Analyses the first rows of a file; if `header` is undefined, they decide whether there are names. */
export function findLayout(rows: TextRows, header: boolean | undefined): Layout {
  const width = usualWidth(rows)
  const notes: string[] = []
  const above = countTitles(rows, width)
  if (above > 0) notes.push(`${count(above, 'line')} above the table left out: ${quoted(rows.slice(0, above))}`)
  const [first = [], second = [], third = []] = rows.slice(above)
  if (header === false || (header === undefined && !looksLikeHeader(first, second))) {
    if (header === undefined && first.length > 0)
      notes.push("the first row has only numbers, so the columns were named 'column 1' …")
    return { above, headerRows: 0, names: [], notes }
  }
  if (!isDoubleHeader(first, second, third)) return { above, headerRows: 1, names: first, notes }
  notes.push('the names are in two rows, which were joined')
  return { above, headerRows: 2, names: joinNames(first, second), notes }
}

/** The row width that accounts for the most cells. */
export function usualWidth(rows: TextRows): number {
  const cells = new Map<number, number>()
  for (const row of rows) cells.set(row.length, (cells.get(row.length) ?? 0) + row.length)
  return [...cells].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0
}

/** Rows in which titles above a table are looked for. */
const MAX_TITLES = 30

/** Titles fill at most one cell, or few of a wide table, and are followed by a row that fills most. */
function countTitles(rows: TextRows, width: number): number {
  if (width < 3) return 0
  const isFull = (row: readonly string[]): boolean => filledCells(row) * 2 > width || row.length === width - 1
  const start = rows.slice(0, MAX_TITLES).findIndex(isFull)
  if (start < 1 || !rows.slice(0, start).every((row) => isTitle(row, width))) return 0
  // A row above that has no text but years, as over a table of two rows of names, belongs to the names.
  return start
}

function isTitle(row: readonly string[], width: number): boolean {
  const filled = row.filter((cell) => cell.trim() !== '')
  if (filled.length > Math.max(1, width / 3) || isSpaced(row)) return false
  return filled.length === 0 || !filled.every((cell) => isNumeric(cell))
}

/** Two or more texts with gaps between them: names over groups of columns, such as ",2022,,2023,". */
function isSpaced(row: readonly string[]): boolean {
  const at = row.flatMap((cell, i) => (cell.trim() === '' ? [] : [i]))
  return at.length > 1 && at.every((place, i) => i === 0 || place - at[i - 1]! > 1)
}

const YEAR = /^(?:1[89]|20)\d{2}$/

function looksLikeHeader(row: readonly string[], next: readonly string[]): boolean {
  if (row.some((cell) => cell.trim() !== '' && !isNumeric(cell))) return true
  const years = row.map((cell) => cell.trim()).filter((cell) => cell !== '')
  const isRising = years.length > 1 && years.every((year, i) => YEAR.test(year) && (i === 0 || year > years[i - 1]!))
  return isRising && !next.every((cell) => YEAR.test(cell.trim()))
}

/** A row of groups over a row of names: the second repeats where the first has gaps, and numbers follow. */
function isDoubleHeader(groups: readonly string[], names: readonly string[], data: readonly string[]): boolean {
  const spread = fillForward(groups, names.length)
  const repeats = new Set(spread.filter((cell) => cell !== '')).size < spread.filter((cell) => cell !== '').length
  const areNames = names.length > 1 && names.every((cell) => cell.trim() !== '' && !isNumeric(cell))
  const joined = joinNames(groups, names)
  const followed = data.some((cell, i) => isNumeric(cell) && names[i] !== undefined)
  return repeats && areNames && followed && new Set(joined).size === joined.length && filledCells(groups) > 0
}

function fillForward(row: readonly string[], width: number): string[] {
  let last = ''
  return Array.from({ length: width }, (_, i) => (last = row[i]?.trim() || last))
}

function joinNames(groups: readonly string[], names: readonly string[]): string[] {
  const spread = fillForward(groups, names.length)
  return names.map((name, i) => {
    const own = name.trim()
    return spread[i] === '' || spread[i] === own ? own : `${spread[i]} ${own}`.trim()
  })
}

/** Words with which remarks below a table begin. */
const REMARK =
  /^\W*(?:注|说明|備註|备注|来源|來源|数据来源|资料来源|资料|sources?\b|notes?\b|\*|©|generated\b|footnotes?\b|quelle\b|anmerkung)/i

/** How many of the last rows are remarks rather than rows of a table of `width` columns. */
export function countRemarks(last: TextRows, width: number): number {
  if (width < 3) return 0
  let below = 0
  for (const row of last.toReversed()) {
    const filled = row.filter((cell) => cell.trim() !== '')
    const isShort = row.length !== width && filled.length < 2
    const isSaid = REMARK.test(filled[0]?.trim() ?? '') && filled.length * 2 <= width
    const isText = filled.every((cell) => !isNumeric(cell))
    if (!((isShort || isSaid) && isText && (row[0]?.trim() ?? '') !== '')) break
    below++
  }
  return below
}

/** Notes on remarks that were left out. */
export function remarkNotes(remarks: TextRows): string[] {
  return remarks.length === 0 ? [] : [`${count(remarks.length, 'line')} below the table left out: ${quoted(remarks)}`]
}

/** A last row that adds up the others would be counted twice. */
export function totalNotes(last: readonly string[] | undefined): string[] {
  const label = last?.find((cell) => cell.trim() !== '')?.trim() ?? ''
  return TOTAL.test(label) ? [`the last row looks like a total ('${label}')`] : []
}

const TOTAL = /^(?:合\s*计|总\s*计|小\s*计|(?:grand\s+)?totals?|sum|summe|gesamt)$/i

/** Unique names for `columns` columns, and notes where they differ from the file's. */
export function uniqueNames(head: readonly string[], columns: number): { names: string[]; notes: string[] } {
  const notes: string[] = []
  const used = new Set<string>()
  const names = Array.from({ length: columns }, (_, i) => {
    const wanted = head[i]?.replace(/\s+/g, ' ').trim() || `column ${i + 1}`
    let name = wanted
    for (let n = 2; used.has(name); n++) name = `${wanted} (${n})`
    if (name !== wanted) notes.push(`a second column '${wanted}' was named '${name}'`)
    used.add(name)
    return name
  })
  return {
    names,
    notes:
      notes.length > 3
        ? [...notes.slice(0, 3), `${notes.length - 3} other columns with equal names were numbered too`]
        : notes,
  }
}

function isNumeric(cell: string): boolean {
  const text = cell.trim()
  return text !== '' && !Number.isNaN(Number(text.replace(/[,%]/g, '')))
}

function filledCells(row: readonly string[]): number {
  return row.reduce((filled, cell) => filled + (cell.trim() === '' ? 0 : 1), 0)
}

/** '1 row', '2 rows'. */
export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`
}

function quoted(rows: TextRows): string {
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
