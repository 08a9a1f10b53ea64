// Reads tables with cells of their own kinds: workbooks, pages, Markdown. What a file is its bytes say, not its name.
import type { Wanted } from './choose-sheet.ts'
import type { Grid } from './grid.ts'
import { readOds } from './ods.ts'
import { locked } from './problems.ts'
import { readTextGrid } from './text-grid.ts'
import { readXls } from './xls.ts'
import { readXlsx } from './xlsx.ts'
import { zipParts } from './zip.ts'

export interface GridOptions {
  /** The sheet's name, or its number from 0; default: the first visible one that is not empty. */
  sheet?: string | number
  /** Rows of the sheet that are read; the sizes in `sheets` are those of all. Default: all. */
  maxRows?: number
}

/**
 * Reads a workbook (XLSX, XLSB, XLS, ODS, SpreadsheetML), an HTML page with tables or a Markdown file with tables;
 * undefined for other files. `name`: the file's name, '' for bytes.
 * @throws Error for encrypted workbooks, other kinds of documents, bombs, unknown sheets and empty workbooks.
 */
export async function readGrid(given: Uint8Array, name: string, options: GridOptions = {}): Promise<Grid | undefined> {
  // A Buffer's `slice` does not copy.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.length)
  const what = name === '' ? 'the table' : `'${name}'`
  const wanted = { sheet: options.sheet, maxRows: options.maxRows ?? Infinity }
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) return await readZip(what, bytes, wanted)
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return await readCompound(what, bytes, wanted)
  if (isOldExcel(bytes)) return await readWithXls(what, bytes, 'xls', wanted)
  return readTextGrid(what, name, bytes, wanted)
}

async function readZip(what: string, bytes: Uint8Array, wanted: Wanted): Promise<Grid | undefined> {
  const parts = zipParts(what, bytes)
  if ([...parts.values()].some(({ isEncrypted }) => isEncrypted)) throw locked(what)
  if (parts.has('xl/workbook.bin')) return await readWithXls(what, bytes, 'xlsb', wanted)
  if (parts.has('Index/Document.iwa') || parts.has('Index.zip'))
    throw new Error(
      `readTable: ${what} is a document of Apple's iWork, which is not read here. Export it as Excel or CSV (File, Export To).`,
    )
  if (parts.has('content.xml') && (parts.has('mimetype') || parts.has('META-INF/manifest.xml'))) {
    return await readOds(what, bytes, parts, wanted)
  }
  const isWorkbook = [...parts.keys()].some((name) => /(?:^|\/)workbook\d*\.xml$/.test(name))
  return isWorkbook ? await readXlsx(what, bytes, parts, wanted) : undefined
}

/** Excel 97 to 2003, and what Office encrypts, are in a container of streams whose names are UTF-16. */
async function readCompound(what: string, bytes: Uint8Array, wanted: Wanted): Promise<Grid> {
  if (hasWide(bytes, 'EncryptedPackage')) throw locked(what)
  if (!hasWide(bytes, 'Workbook') && !hasWide(bytes, 'Book'))
    throw new Error(
      `readTable: ${what} is an Office document without sheets. Save its table as Excel or CSV and attach that.`,
    )
  return await readWithXls(what, bytes, 'xls', wanted)
}

async function readWithXls(what: string, bytes: Uint8Array, format: 'xls' | 'xlsb', wanted: Wanted): Promise<Grid> {
  return await readXls(what, bytes, format, wanted)
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[i] !== text.charCodeAt(i)) return false
  return true
}

/** Excel 2 to 4: the first record is BOF. */
function isOldExcel(bytes: Uint8Array): boolean {
  return bytes[0] === 9 && (bytes[1] === 0 || bytes[1] === 2 || bytes[1] === 4) && bytes[3] === 0 && bytes.length > 12
}

function hasWide(bytes: Uint8Array, text: string): boolean {
  const wanted = Array.from(text).flatMap((char) => [char.charCodeAt(0), 0])
  for (let at = bytes.indexOf(wanted[0]!); at >= 0; at = bytes.indexOf(wanted[0]!, at + 1))
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true
  return false
}
