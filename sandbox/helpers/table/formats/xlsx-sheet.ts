// The cells of one worksheet of an Office Open XML workbook (ECMA-376, 18.3.1), as they come in.
import type { GridBuilder } from './grid-builder.ts'
import { cellPosition } from './grid.ts'
import { attributeOf, type MarkupHandler } from './markup.ts'
import type { NumberFormat } from './number-format.ts'

export interface SharedParts {
  readonly strings: readonly string[]
  /** The number format of each cell style, undefined for plain ones. */
  readonly formats: readonly (NumberFormat | undefined)[]
}

/** A handler that puts the cells of a worksheet into `builder`. */
export function sheetHandler(builder: GridBuilder, { strings, formats }: SharedParts): MarkupHandler {
  let row = -1
  let column = -1
  let type = ''
  let style = 0
  let isInCell = false
  let value: string | undefined
  let formula: string | undefined
  /** What text belongs to. */
  let target: 'value' | 'formula' | undefined
  let phonetic = 0

  const finish = (): void => {
    isInCell = false
    const isComputed = (value ?? '') !== '' || type === 'str'
    if (formula !== undefined && !isComputed) builder.putFormula(row, column, formula)
    else if (value !== undefined) putCell(builder, { row, column, type, value }, strings, formats[style])
  }

  return {
    open(name, attributes) {
      if (name === 'c') {
        const reference = attributeOf(attributes, 'r')
        const at = reference === undefined ? undefined : cellPosition(reference)
        column = at?.column ?? column + 1
        if (at) row = at.row
        type = attributeOf(attributes, 't') ?? ''
        style = Number(attributeOf(attributes, 's') ?? 0)
        isInCell = true
        value = undefined
        formula = undefined
      } else if (name === 'row') {
        row = Number(attributeOf(attributes, 'r') ?? row + 2) - 1
        column = -1
      } else if (name === 'mergeCell') mergeOf(attributeOf(attributes, 'ref') ?? '', builder)
      else if (isInCell) {
        if (name === 'v' || name === 't') {
          if (phonetic === 0) target = 'value'
          value ??= ''
        } else if (name === 'f') {
          target = 'formula'
          formula = ''
        } else if (name === 'rPh') phonetic++
      }
    },
    close(name) {
      if (!isInCell) return
      if (name === 'c') finish()
      else if (name === 'rPh') phonetic--
      target = undefined
    },
    text(text) {
      if (target === 'value') value = value === '' ? text : value + text
      else if (target === 'formula') formula += text
    },
  }
}

interface CellText {
  readonly row: number
  readonly column: number
  readonly type: string
  readonly value: string
}

/** Puts a cell by its type, `t` (18.18.11). */
function putCell(
  builder: GridBuilder,
  { row, column, type, value }: CellText,
  strings: readonly string[],
  format: NumberFormat | undefined,
): void {
  switch (type) {
    case 's':
      builder.put(row, column, strings[Number(value)] ?? null)
      break
    case 'b':
      builder.put(row, column, value === '1' || value === 'true')
      break
    case 'e':
      builder.putError(row, column, value)
      break
    case 'd':
      builder.put(row, column, { date: value.replace(/(?:T00:00:00)?(?:\.0+)?Z?$/, '') })
      break
    case 'str':
    case 'inlineStr':
      builder.put(row, column, withoutEscapes(value))
      break
    default: {
      const number = Number(value)
      if (value === '' || Number.isNaN(number)) builder.put(row, column, value)
      else builder.putNumber(row, column, number, format, value)
    }
  }
}

function mergeOf(reference: string, builder: GridBuilder): void {
  const [from, to] = reference.split(':').map(cellPosition)
  if (from && to) builder.merge({ ...from, rows: to.row - from.row + 1, columns: to.column - from.column + 1 })
}

/** `_x000D_` stands for a control character (ECMA-376, 22.9.2.19). */
export function withoutEscapes(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}
