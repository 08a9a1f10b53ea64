// Writes OpenDocument spreadsheets (OASIS, OpenDocument 1.3).
import type { ColumnStyle, NumberStyle } from './column-style.ts'
import { parseDate, type DateKind } from './dates.ts'
import { scaled, sideOf, type StyledSheet } from './xlsx-file.ts'
import { escapeMarkup, openZip } from './zip-file.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const URN = 'urn:oasis:names:tc:opendocument:xmlns:'
const SPACES = [
  ...['office', 'style', 'text', 'table'].map((name) => `xmlns:${name}="${URN}${name}:1.0"`),
  `xmlns:fo="${URN}xsl-fo-compatible:1.0"`,
  `xmlns:number="${URN}datastyle:1.0"`,
  `xmlns:config="${URN}config:1.0"`,
].join(' ')
const MIME = 'application/vnd.oasis.opendocument.spreadsheet'
/** Centimetres of a character. */
const CHARACTER = 0.2

/** The spreadsheet's bytes. */
export async function odsFile(sheets: readonly StyledSheet[]): Promise<Uint8Array> {
  const zip = await openZip()
  zip.add('mimetype', (put) => put(MIME), true)
  zip.add('META-INF/manifest.xml', (put) => {
    const entry = (path: string, type: string): string =>
      `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`
    put(
      `${HEAD}<manifest:manifest xmlns:manifest="${URN}manifest:1.0" manifest:version="1.3">${entry('/', MIME)}${entry('content.xml', 'text/xml')}${entry('styles.xml', 'text/xml')}${entry('settings.xml', 'text/xml')}</manifest:manifest>`,
    )
  })
  zip.add('styles.xml', (put) =>
    put(
      `${HEAD}<office:document-styles ${SPACES} office:version="1.3"><office:styles><style:style style:name="Default" style:family="table-cell"/></office:styles></office:document-styles>`,
    ),
  )
  zip.add('settings.xml', (put) => put(settings(sheets)))
  zip.add('content.xml', (put) => {
    put(`${HEAD}<office:document-content ${SPACES} office:version="1.3"><office:automatic-styles>${headStyles()}`)
    for (const [s, sheet] of sheets.entries())
      for (const [c, style] of sheet.columns.entries()) put(columnStyles(`${s}-${c}`, style))
    put('</office:automatic-styles><office:body><office:spreadsheet>')
    for (const [s, sheet] of sheets.entries()) writeSheet(put, sheet, s)
    put('<table:database-ranges>')
    for (const [s, { name, columns, rows }] of sheets.entries()) {
      const sheet = `'${name.replaceAll("'", "''")}'`
      const range = `${sheet}.A1:${sheet}.${columnLetters(columns.length - 1)}${rows + 1}`
      put(
        `<table:database-range table:name="__filter${s}" table:target-range-address="${escapeMarkup(range)}" table:display-filter-buttons="true"/>`,
      )
    }
    put('</table:database-ranges></office:spreadsheet></office:body></office:document-content>')
  })
  return zip.finish()
}

function writeSheet(put: (text: string) => void, { name, columns, rows }: StyledSheet, s: number): void {
  put(`<table:table table:name="${escapeMarkup(name)}">`)
  for (const c of columns.keys())
    put(`<table:table-column table:style-name="w${s}-${c}" table:default-cell-style-name="c${s}-${c}"/>`)
  put('<table:table-row>')
  for (const style of columns)
    put(`<table:table-cell table:style-name="h-${sideOf(style)}" ${textCell(style.column.name)}`)
  put('</table:table-row>')
  for (let row = 0; row < rows; row++) {
    let cells = '<table:table-row>'
    for (const [c, style] of columns.entries()) cells += cellMarkup(`c${s}-${c}`, style, row)
    put(`${cells}</table:table-row>`)
  }
  put('</table:table>')
}

function cellMarkup(id: string, { column, kind, number, scale }: ColumnStyle, row: number): string {
  const value = column.get(row)
  if (value === null || value === '') return '<table:table-cell/>'
  const open = `<table:table-cell table:style-name="${id}" `
  if (typeof value === 'number') {
    const type = number?.isPercent ? 'percentage' : number?.symbol === undefined ? 'float' : 'currency'
    const code = CURRENCIES[number?.symbol ?? '']
    const currency = type === 'currency' && code !== undefined ? ` office:currency="${code}"` : ''
    return `${open}office:value-type="${type}"${currency} office:value="${scaled(value, scale)}"/>`
  }
  if (typeof value === 'boolean') return `${open}office:value-type="boolean" office:boolean-value="${value}"/>`
  const date = kind === 'text' ? undefined : parseDate(value)
  if (!date) return `<table:table-cell table:style-name="t" ${textCell(value)}`
  const iso = new Date(date.time).toISOString().replace(/(?:T00:00:00\.000|\.000)?Z$/, '')
  return `${open}office:value-type="date" office:date-value="${iso}"/>`
}

const CURRENCIES: Readonly<Record<string, string>> = {
  '¥': 'CNY',
  '￥': 'CNY',
  元: 'CNY',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '₩': 'KRW',
  '₹': 'INR',
}

/** The rest of a cell of text: line breaks are paragraphs, spaces in a row are counted. */
function textCell(text: string): string {
  const paragraphs = text.split('\n').map((line) => {
    const marked = escapeMarkup(withoutControls(line))
      .replaceAll('\t', '<text:tab/>')
      .replace(/^ +| {2,}| +$/g, (spaces) => `<text:s text:c="${spaces.length}"/>`)
    return `<text:p>${marked}</text:p>`
  })
  return `office:value-type="string">${paragraphs.join('')}</table:table-cell>`
}

/** XML 1.0 has no control characters; OpenDocument has no way to write them. */
export function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, '')
}

/** Between numbers and a text that follows them. */
const INDENT = ' fo:margin-left="0.15cm"'

function headStyles(): string {
  const head = (id: string, side: string): string =>
    `<style:style style:name="${id}" style:family="table-cell"><style:table-cell-properties fo:background-color="#e7edf5" fo:border-bottom="0.75pt solid #8fa3bf" style:vertical-align="middle"/><style:paragraph-properties fo:text-align="${side}"${side === 'start' ? INDENT : ''}/><style:text-properties fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>`
  const text = `<style:style style:name="t" style:family="table-cell"><style:paragraph-properties fo:text-align="start"${INDENT}/></style:style>`
  return text + head('h-left', 'start') + head('h-right', 'end') + head('h-center', 'center')
}

function columnStyles(id: string, style: ColumnStyle): string {
  const width = `<style:style style:name="w${id}" style:family="table-column"><style:table-column-properties style:column-width="${(style.width * CHARACTER).toFixed(2)}cm"/></style:style>`
  const data = dataStyle(`n${id}`, style)
  const cell = `<style:style style:name="c${id}" style:family="table-cell"${data === '' ? '' : ` style:data-style-name="n${id}"`}>${style.kind === 'boolean' ? '<style:paragraph-properties fo:text-align="center"/>' : ''}</style:style>`
  return data + width + cell
}

function dataStyle(id: string, { kind, number }: ColumnStyle): string {
  if (number !== undefined && number.decimals !== undefined) return numberStyle(id, number)
  return kind === 'month' || kind === 'date' || kind === 'datetime' ? dateStyle(id, kind) : ''
}

function numberStyle(id: string, { decimals = 0, groups, isPercent, symbol }: NumberStyle): string {
  const digits = `<number:number number:decimal-places="${decimals}" number:min-decimal-places="${decimals}" number:min-integer-digits="1"${groups ? ' number:grouping="true"' : ''}/>`
  if (isPercent)
    return `<number:percentage-style style:name="${id}">${digits}<number:text>%</number:text></number:percentage-style>`
  if (symbol === undefined) return `<number:number-style style:name="${id}">${digits}</number:number-style>`
  return `<number:currency-style style:name="${id}"><number:currency-symbol>${escapeMarkup(symbol)}</number:currency-symbol>${digits}</number:currency-style>`
}

function dateStyle(id: string, kind: DateKind): string {
  const long = 'number:style="long"'
  const dash = '<number:text>-</number:text>'
  const day = kind === 'month' ? '' : `${dash}<number:day ${long}/>`
  const colon = '<number:text>:</number:text>'
  const clock = `<number:text> </number:text><number:hours ${long}/>${colon}<number:minutes ${long}/>${colon}<number:seconds ${long}/>`
  return `<number:date-style style:name="${id}"><number:year ${long}/>${dash}<number:month ${long}/>${day}${kind === 'datetime' ? clock : ''}</number:date-style>`
}

/** The first row stays in sight. */
function settings(sheets: readonly StyledSheet[]): string {
  const item = (name: string, type: string, value: string): string =>
    `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`
  const frozen =
    item('VerticalSplitMode', 'short', '2') +
    item('VerticalSplitPosition', 'int', '1') +
    item('ActiveSplitRange', 'short', '2') +
    item('PositionBottom', 'int', '1')
  const tables = sheets.map(
    ({ name }) =>
      `<config:config-item-map-entry config:name="${escapeMarkup(name)}">${frozen}</config:config-item-map-entry>`,
  )
  return `${HEAD}<office:document-settings ${SPACES.replace(/$/, ' xmlns:ooo="http://openoffice.org/2004/office"')} office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item('ViewId', 'string', 'view1')}<config:config-item-map-named config:name="Tables">${tables.join('')}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`
}

function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    letters = String.fromCodePoint(65 + ((rest - 1) % 26)) + letters
  return letters
}
