// Writes Office Open XML workbooks (ECMA-376). Text is never a formula, digits in text stay text.
import { formatCode, type ColumnStyle } from './column-style.ts'
import { parseDate, serialOf } from './dates.ts'
import { escapeMarkup, openZip } from './zip-file.ts'

export interface StyledSheet {
  readonly name: string
  readonly columns: readonly ColumnStyle[]
  readonly rows: number
}

/** Different texts that cells share; further ones stand in their cells. */
const MAX_SHARED = 50_000
const DATE_CODES = { month: 'yyyy-mm', date: 'yyyy-mm-dd', datetime: 'yyyy-mm-dd hh:mm:ss' } as const
/** The first cell styles: plain, text, booleans, and the names of columns of text, of numbers and of booleans. */
const STYLES = { plain: 0, text: 1, boolean: 2, left: 3, right: 4, center: 5 } as const
const FIRST_FORMAT = 6
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** The workbook's bytes. */
export async function xlsxFile(sheets: readonly StyledSheet[]): Promise<Uint8Array> {
  const zip = await openZip()
  const codes = [...new Set(sheets.flatMap(({ columns }) => columns.map(codeOf)))].filter((code) => code !== 'General')
  const shared = new Map<string, number>()
  zip.add('[Content_Types].xml', (put) => put(contentTypes(sheets.length)))
  zip.add('_rels/.rels', (put) => put(relations([['officeDocument', 'xl/workbook.xml']])))
  zip.add('xl/workbook.xml', (put) => put(workbook(sheets)))
  const parts = sheets.map((_, i): [string, string] => ['worksheet', `worksheets/sheet${i + 1}.xml`])
  zip.add('xl/_rels/workbook.xml.rels', (put) =>
    put(relations([...parts, ['styles', 'styles.xml'], ['sharedStrings', 'sharedStrings.xml']])),
  )
  zip.add('xl/styles.xml', (put) => put(styles(codes, fontOf(sheets))))
  for (const [i, sheet] of sheets.entries())
    zip.add(`xl/worksheets/sheet${i + 1}.xml`, (put) => writeSheet(put, sheet, codes, shared, i === 0))
  zip.add('xl/sharedStrings.xml', (put) => {
    put(`${HEAD}<sst xmlns="${MAIN}" uniqueCount="${shared.size}">`)
    for (const text of shared.keys()) put(`<si>${textElement(text)}</si>`)
    put('</sst>')
  })
  return zip.finish()
}

function codeOf({ kind, number }: ColumnStyle): string {
  if (number !== undefined) return formatCode(number)
  return kind === 'month' || kind === 'date' || kind === 'datetime' ? DATE_CODES[kind] : 'General'
}

function writeSheet(
  put: (text: string) => void,
  sheet: StyledSheet,
  codes: readonly string[],
  shared: Map<string, number>,
  isFirst: boolean,
): void {
  const letters = sheet.columns.map((_, i) => columnLetters(i))
  const range = `A1:${letters.at(-1)!}${sheet.rows + 1}`
  const frozen =
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/>'
  put(`${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="${range}"/>`)
  put(
    `<sheetViews><sheetView${isFirst ? ' tabSelected="1"' : ''} workbookViewId="0">${frozen}</sheetView></sheetViews>`,
  )
  put('<sheetFormatPr defaultRowHeight="16"/><cols>')
  for (const [i, { width }] of sheet.columns.entries())
    put(`<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
  put('</cols><sheetData><row r="1">')
  for (const [i, style] of sheet.columns.entries())
    put(textCell(`${letters[i]!}1`, STYLES[sideOf(style)], style.column.name, shared))
  put('</row>')
  const formats = sheet.columns.map((style) => codes.indexOf(codeOf(style)) + 1)
  const ids = formats.map((format) => (format === 0 ? 0 : FIRST_FORMAT + format - 1))
  for (let row = 0; row < sheet.rows; row++) {
    const number = row + 2
    let cells = `<row r="${number}">`
    for (let i = 0; i < letters.length; i++)
      cells += cellMarkup(`${letters[i]!}${number}`, ids[i]!, sheet.columns[i]!, row, shared)
    put(`${cells}</row>`)
  }
  put(
    `</sheetData><autoFilter ref="${range}"/><pageSetup orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`,
  )
}

function cellMarkup(
  reference: string,
  id: number,
  { column, kind, scale }: ColumnStyle,
  row: number,
  shared: Map<string, number>,
): string {
  const value = column.get(row)
  if (value === null || value === '') return ''
  const style = id === 0 ? '' : ` s="${id}"`
  if (typeof value === 'number') return `<c r="${reference}"${style}><v>${scaled(value, scale)}</v></c>`
  if (typeof value === 'boolean') return `<c r="${reference}" s="${STYLES.boolean}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (kind !== 'text' && kind !== 'number' && kind !== 'boolean') {
    const date = parseDate(value)
    if (date) return `<c r="${reference}"${style}><v>${serialOf(date.time)}</v></c>`
  }
  return textCell(reference, STYLES.text, value, shared)
}

/** A share of a percentage, without the noise of binary fractions. */
export function scaled(value: number, scale: number): number {
  return scale === 1 ? value : Number((value * scale).toPrecision(15))
}

function textCell(reference: string, id: number, text: string, shared: Map<string, number>): string {
  let index = shared.get(text)
  if (index === undefined && shared.size < MAX_SHARED) shared.set(text, (index = shared.size))
  const style = id === 0 ? '' : ` s="${id}"`
  if (index !== undefined) return `<c r="${reference}"${style} t="s"><v>${index}</v></c>`
  return `<c r="${reference}"${style} t="inlineStr"><is>${textElement(text)}</is></c>`
}

function textElement(text: string): string {
  const keep = /^\s|\s$|\n|\s\s/.test(text) ? ' xml:space="preserve"' : ''
  return `<t${keep}>${escapeMarkup(escapeControls(text))}</t>`
}

/** Control characters as `_x000D_`, and what looks like one of those too (ECMA-376, 22.9.2.19). */
function escapeControls(text: string): string {
  return (
    text
      .replace(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
      // eslint-disable-next-line no-control-regex
      .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (char) => `_x${hex(char)}_`)
  )
}

const hex = (char: string): string => char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')

/** Numbers and dates stand on the right. */
export function sideOf({ kind }: ColumnStyle): 'left' | 'right' | 'center' {
  return kind === 'text' ? 'left' : kind === 'boolean' ? 'center' : 'right'
}

function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters
  return letters
}

function contentTypes(sheets: number): string {
  const type = (name: string): string => `application/vnd.openxmlformats-officedocument.spreadsheetml.${name}+xml`
  const override = (part: string, name: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="${type(name)}"/>`
  const pages = Array.from({ length: sheets }, (_, i) => override(`worksheets/sheet${i + 1}`, 'worksheet')).join('')
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('workbook', 'sheet.main')}${pages}${override('styles', 'styles')}${override('sharedStrings', 'sharedStrings')}</Types>`
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  )
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`
}

function workbook(sheets: readonly StyledSheet[]): string {
  const each = sheets.map(
    ({ name }, i) => `<sheet name="${escapeMarkup(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  )
  const filters = sheets.map(({ name, columns, rows }, i) => {
    const range = `'${name.replaceAll("'", "''")}'!$A$1:$${columnLetters(columns.length - 1)}$${rows + 1}`
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${i}" hidden="1">${escapeMarkup(range)}</definedName>`
  })
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each.join('')}</sheets><definedNames>${filters.join('')}</definedNames></workbook>`
}

interface Font {
  readonly name: string
  readonly size: number
}

/** A font that has the characters: what a program substitutes for missing ones is often ugly. */
function fontOf(sheets: readonly StyledSheet[]): Font {
  const text = sheets
    .flatMap(({ columns, rows }) =>
      columns.map(({ column }) => [column.name, ...Array.from({ length: Math.min(5, rows) }, (_, i) => column.get(i))]),
    )
    .flat()
    .join('')
  if (/[\u3041-\u30ff]/.test(text)) return { name: 'Yu Gothic', size: 11 }
  if (/[\uac00-\ud7a3]/.test(text)) return { name: 'Malgun Gothic', size: 10 }
  return /[\u3400-\u9fff]/.test(text) ? { name: 'Microsoft YaHei', size: 10 } : { name: 'Calibri', size: 11 }
}

function styles(codes: readonly string[], { name, size }: Font): string {
  const formats = codes.map((code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${escapeMarkup(code)}"/>`)
  const font = `<sz val="${size}"/><name val="${name}"/><family val="2"/>`
  const style = (side: string, isHead: boolean): string => {
    const marks = isHead ? 'fontId="1" fillId="2" borderId="1"' : 'fontId="0" fillId="0" borderId="0"'
    // Between numbers and a text that follows them.
    const indent = side === 'left' ? ' indent="1"' : ''
    return `<xf numFmtId="0" ${marks} xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="${side}"${indent} vertical="center"/></xf>`
  }
  const plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
  const first = `${plain}${style('left', false)}${style('center', false)}${style('left', true)}${style('right', true)}${style('center', true)}`
  const cells = codes.map(
    (_, i) => `<xf numFmtId="${164 + i}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  )
  return `${HEAD}<styleSheet xmlns="${MAIN}">${formats.length > 0 ? `<numFmts count="${formats.length}">${formats.join('')}</numFmts>` : ''}<fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EDF5"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color rgb="FF8FA3BF"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length + FIRST_FORMAT}">${first}${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
}
