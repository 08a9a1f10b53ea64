// From texts and numbers as they were found in a file to columns with types and notes.
import { booleanColumn, emptyColumn, numberColumn, textColumn, type ColumnData } from './columns.ts'
import type { FoundNumbers, Misfit } from './delimited/number-builder.ts'
import type { Convention } from './numbers.ts'
import { commonUnit, missingNote, numberNotes, settleTexts, type ReadingHints } from './values.ts'

/** A column, and what is to be said of it. */
export interface ReadColumn {
  readonly data: ColumnData
  /** The unit that all its values were written with. */
  readonly unit?: string | undefined
  readonly notes: readonly string[]
}

/** Cells that are told one by one. */
const MAX_TOLD = 5

/** Reads a column of texts; `recordOf` gives the number of a row in the file. */
export function readTexts(
  name: string,
  found: { readonly codes: Int32Array; readonly texts: readonly string[] },
  hints: ReadingHints,
  recordOf: (row: number) => number,
): ReadColumn {
  const { type, numbers, codes, dictionary, unit, notes, misfits } = settleTexts(found, hints)
  const located = locate(found.codes, found.texts, new Set(misfits))
  const told = [...notes, ...misfitNotes(type, located, recordOf)].map((note) => `column '${name}': ${note}`)
  const length = found.codes.length
  if (numbers) return { data: (type === 'boolean' ? booleanColumn : numberColumn)(name, numbers), unit, notes: told }
  if (codes && dictionary && (type === 'text' || type === 'date'))
    return { data: textColumn(name, type, codes, dictionary), notes: told }
  return { data: emptyColumn(name, length), notes: told }
}

/** Reads a column of numbers that were read from their bytes. */
export function readNumbers(
  name: string,
  found: FoundNumbers,
  convention: Convention,
  recordOf: (row: number) => number,
): ReadColumn {
  const notes = [
    ...numberNotes(found.otherTexts, convention),
    ...missingNote(found.missing, found.firstMissing),
    ...misfitNotes('number', found.misfits, recordOf),
  ]
  const unit = found.others > 0 && found.others === found.present ? commonUnit(found.otherTexts) : ''
  return {
    data: numberColumn(name, found.numbers),
    ...(unit === '' ? {} : { unit }),
    notes: notes.map((note) => `column '${name}': ${note}`),
  }
}

function locate(codes: Int32Array, texts: readonly string[], misfits: ReadonlySet<number>): Misfit[] {
  if (misfits.size === 0) return []
  const located: Misfit[] = []
  codes.forEach((code, row) => {
    if (misfits.has(code)) located.push({ row, text: texts[code]!.trim() })
  })
  return located
}

const KINDS: Readonly<Record<string, string>> = {
  number: 'no number',
  date: 'no date',
  boolean: 'neither true nor false',
}

function misfitNotes(type: string, misfits: readonly Misfit[], recordOf: (row: number) => number): string[] {
  if (misfits.length === 0) return []
  const some = misfits.slice(0, MAX_TOLD).map(({ row, text }) => `'${text.slice(0, 40)}' in row ${recordOf(row)}`)
  const more = misfits.length > some.length ? ` and ${misfits.length - some.length} more` : ''
  const values = misfits.length === 1 ? '1 value is' : `${misfits.length} values are`
  return [`${values} ${KINDS[type] ?? 'of another type'} and became null: ${some.join(', ')}${more}`]
}
