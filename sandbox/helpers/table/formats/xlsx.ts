// Reads Office Open XML workbooks (ECMA-376): sheets in pieces, so that memory holds values, not markup.
import { chooseSheet, describeSheets, type ListedSheet, type Wanted } from './choose-sheet.ts'
import { gridBuilder, type GridBuilder } from './grid-builder.ts'
import type { Grid, SheetGrid } from './grid.ts'
import { attributeOf, markupScanner, scanMarkup } from './markup.ts'
import { builtInFormat, parseNumberFormat, type NumberFormat } from './number-format.ts'
import { sheetHandler, type SharedParts } from './xlsx-sheet.ts'
import { dimensionOf, readSharedStrings } from './xlsx-parts.ts'
import { inflateText, type ZipPart } from './zip.ts'

interface Workbook {
  readonly sheets: readonly (ListedSheet & { readonly part: ZipPart })[]
  readonly is1904: boolean
  readonly strings: ZipPart | undefined
  readonly styles: ZipPart | undefined
}

/** Reads one sheet of a workbook, its cells as they are shown. */
export async function readXlsx(
  what: string,
  bytes: Uint8Array,
  parts: ReadonlyMap<string, ZipPart>,
  { sheet, maxRows }: Wanted,
): Promise<Grid> {
  const workbook = await readWorkbook(what, bytes, parts)
  const sizes: ({ rows: number; columns: number } | undefined)[] = []
  let shared: Promise<SharedParts> | undefined
  const read = async (index: number): Promise<SheetGrid> => {
    shared ??= readShared(what, bytes, workbook)
    const builder = gridBuilder({ is1904: workbook.is1904, maxRows })
    const { part } = workbook.sheets[index]!
    const isWhole = await readSheet(what, bytes, part, builder, await shared, maxRows)
    sizes[index] = isWhole ? builder.size() : await dimensionOf(what, bytes, part)
    return builder.finish(what)
  }
  const { index, grid, note } = await chooseSheet(what, workbook.sheets, sheet, read)
  for (const [i, { part }] of workbook.sheets.entries()) sizes[i] ??= await dimensionOf(what, bytes, part)
  const sheets = describeSheets(workbook.sheets, sizes)
  return { ...grid, format: 'xlsx', sheet: sheets[index]!.name, sheets, notes: [...note, ...grid.notes] }
}

/** Hands the cells of every sheet to the builder that `builderOf` gives for it. */
export async function readXlsxSheets(
  what: string,
  bytes: Uint8Array,
  parts: ReadonlyMap<string, ZipPart>,
  builderOf: (sheet: number) => GridBuilder,
): Promise<void> {
  const workbook = await readWorkbook(what, bytes, parts)
  const shared = await readShared(what, bytes, workbook)
  for (const [i, { part }] of workbook.sheets.entries()) await readSheet(what, bytes, part, builderOf(i), shared)
}

async function readShared(what: string, bytes: Uint8Array, { strings, styles }: Workbook): Promise<SharedParts> {
  return {
    strings: strings === undefined ? [] : await readSharedStrings(what, bytes, strings),
    formats: styles === undefined ? [] : parseStyles(await textOf(what, bytes, styles)),
  }
}

/** Whether the sheet was read to its end, not only its first rows. */
async function readSheet(
  what: string,
  bytes: Uint8Array,
  part: ZipPart,
  builder: GridBuilder,
  shared: SharedParts,
  maxRows = Infinity,
): Promise<boolean> {
  let isWhole = true
  const scanner = markupScanner(sheetHandler(builder, shared), 'xml')
  await inflateText(what, bytes, part, (text) => {
    scanner.write(text)
    isWhole = builder.size().rows <= maxRows
    return isWhole
  })
  if (isWhole) scanner.end()
  return isWhole
}

async function readWorkbook(what: string, bytes: Uint8Array, parts: ReadonlyMap<string, ZipPart>): Promise<Workbook> {
  const roots = await relationsOf(what, bytes, parts, '')
  const path = [...roots.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml'
  const main = parts.get(path)
  if (main === undefined) throw new Error(`readTable: ${what} is damaged: its part ${path} is missing. Save it again.`)
  const relations = await relationsOf(what, bytes, parts, path)
  const partOf = (type: string): ZipPart | undefined => {
    const found = [...relations.values()].find((relation) => relation.type === type)
    return found && parts.get(found.target)
  }
  const sheets: (ListedSheet & { part: ZipPart })[] = []
  let is1904 = false
  scanMarkup(await textOf(what, bytes, main), 'xml', {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = isTrue(attributeOf(attributes, 'date1904'))
      if (name !== 'sheet') return
      const relation = relations.get(attributeOf(attributes, 'id') ?? '')
      const part = relation?.type === 'worksheet' ? parts.get(relation.target) : undefined
      if (part === undefined) return
      const state = attributeOf(attributes, 'state') ?? 'visible'
      sheets.push({ name: attributeOf(attributes, 'name') ?? '', hidden: state !== 'visible', part })
    },
    close() {},
    text() {},
  })
  return { sheets, is1904, strings: partOf('sharedStrings'), styles: partOf('styles') }
}

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true' || value === 'on'

/** The relations of a part by their id: the last word of their type, and the part they lead to. */
async function relationsOf(what: string, bytes: Uint8Array, parts: ReadonlyMap<string, ZipPart>, path: string) {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const part = parts.get(`${folder}_rels/${path.slice(folder.length)}.rels`)
  const relations = new Map<string, { type: string; target: string }>()
  if (part === undefined) return relations
  scanMarkup(await textOf(what, bytes, part), 'xml', {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const type = (attributeOf(attributes, 'Type') ?? '').split('/').at(-1)!
      const target = attributeOf(attributes, 'Target') ?? ''
      relations.set(attributeOf(attributes, 'Id') ?? '', { type, target: resolvePath(folder, target) })
    },
    close() {},
    text() {},
  })
  return relations
}

function resolvePath(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const names: string[] = []
  for (const name of `${folder}${target}`.split('/')) {
    if (name === '..') names.pop()
    else if (name !== '.' && name !== '') names.push(name)
  }
  return names.join('/')
}

/** A small part as text. */
async function textOf(what: string, bytes: Uint8Array, part: ZipPart): Promise<string> {
  const pieces: string[] = []
  await inflateText(what, bytes, part, (text) => {
    pieces.push(text)
  })
  return pieces.join('')
}

/** The number format of each cell style, undefined for plain ones. */
function parseStyles(xml: string): readonly (NumberFormat | undefined)[] {
  const custom = new Map<number, NumberFormat>()
  const formats: (NumberFormat | undefined)[] = []
  let isInCells = false
  scanMarkup(xml, 'xml', {
    open(name, attributes) {
      if (name === 'numFmt') {
        const code = attributeOf(attributes, 'formatCode') ?? ''
        custom.set(Number(attributeOf(attributes, 'numFmtId')), parseNumberFormat(code))
      } else if (name === 'cellXfs') isInCells = true
      else if (name === 'xf' && isInCells) {
        const id = Number(attributeOf(attributes, 'numFmtId') ?? 0)
        const format = custom.get(id) ?? builtInFormat(id)
        formats.push(format.kind === 'general' ? undefined : format)
      }
    },
    close(name) {
      if (name === 'cellXfs') isInCells = false
    },
    text() {},
  })
  return formats
}
