// Applies small edits to an earlier cell's code, so that the model, the chat or the page need not resend it all.
import { createCachedReducer } from './derived.ts'
import type { Edit, Event, EventOf } from '../event.ts'
import { nearestLines, quoteLine, quotePlace } from './edit-quote.ts'

export type EditResult = { readonly code: string } | { readonly problem: string }

const MAX_EDITS = 50
const PROBLEMS_SHOWN = 3
const PLACES_COUNTED = 99

/**
 * The code of a recorded cell, however it ended, after `edits` in order; without any, the code as it is. Each `find`
 * must occur exactly once in what the edits before it left; different white space is accepted where that is
 * unambiguous. A problem is one or a few sentences that say what to do.
 */
export function applyEdits(events: readonly Event[], cell: number, edits: readonly Edit[]): EditResult {
  const cells = cellsOf(events)
  const original = cells.findLast((event) => event.cell === cell)
  if (!original) return { problem: explainNoSuchCell(cell, cells) }
  if (edits.length > MAX_EDITS)
    return { problem: `These are ${edits.length} edits, and ${MAX_EDITS} is the limit: send the whole code instead.` }
  const problems: string[] = []
  let { code } = original
  for (const [at, edit] of edits.entries()) {
    const edited = applyEdit(code, edit, { cell, original: original.code, cells })
    if ('code' in edited) code = edited.code
    else problems.push(edits.length > 1 ? `Edit ${at + 1}: ${edited.problem}` : edited.problem)
    // Each explanation takes long to compute for a long snippet.
    if (problems.length === PROBLEMS_SHOWN) break
  }
  if (problems.length > 0) return { problem: problems.join(' ') }
  return code.trim() === '' ? { problem: `After these edits nothing is left of cell ${cell}.` } : { code }
}

const cellsOf = createCachedReducer(
  (): EventOf<'cell'>[] => [],
  (cells, { event }) => {
    if (event.type === 'cell') cells.push(event)
  },
)

interface EditTarget {
  readonly cell: number
  readonly original: string
  readonly cells: readonly EventOf<'cell'>[]
}

function applyEdit(code: string, { find, replace }: Edit, place: EditTarget): EditResult {
  if (find.trim() === '') return { problem: '"find" is empty; it must be a piece of the existing code.' }
  if (find === replace) return { problem: `"find" and "replace" are the same: ${quote(find)}.` }
  const exact = positions(code, find)
  if (exact.length === 1) return { code: splice(code, exact[0]!, find.length, replace) }
  const loose = exact.length > 1 ? [] : findIgnoringSpace(code, find)
  const [only] = loose
  if (only && loose.length === 1) return { code: splice(code, only.at, only.length, trimLikeFind(find, replace)) }
  const many = exact.length > 1 ? exact : loose.map(({ at }) => at)
  return { problem: many.length > 0 ? explainAmbiguous(code, find, many, place) : explainAbsent(code, find, place) }
}

function splice(code: string, at: number, length: number, replace: string): string {
  return code.slice(0, at) + replace + code.slice(at + length)
}

/** Start offsets of a piece, at most PLACES_COUNTED + 1 of them. */
function positions(code: string, find: string): number[] {
  const found: number[] = []
  for (let at = code.indexOf(find); at >= 0 && found.length <= PLACES_COUNTED; at = code.indexOf(find, at + 1)) {
    found.push(at)
  }
  return found
}

/** Matches that ignore white space, except where that would join, split or shorten a word. */
function findIgnoringSpace(code: string, find: string): { at: number; length: number }[] {
  const wanted = withoutSpace(find).text
  const { text, origins } = withoutSpace(code)
  const starts = positions(text, wanted).filter((at) => {
    const end = at + wanted.length
    return !isWord(text.slice(Math.max(0, at - 1), at + 1), 2) && !isWord(text.slice(end - 1, end + 1), 2)
  })
  return starts.map((at) => {
    const [from, to] = [origins[at]!, origins[at + wanted.length - 1]!]
    return { at: from, length: to + 1 - from }
  })
}

/** White space reduced to one space between two words and none elsewhere; `origins`: the offset of each character. */
function withoutSpace(code: string): { text: string; origins: number[] } {
  const parts: string[] = []
  const origins: number[] = []
  for (const { 0: part, index } of code.matchAll(/\S+/g)) {
    if (isWord((parts.at(-1) ?? '').slice(-1) + part.charAt(0), 2)) {
      parts.push(' ')
      origins.push(index - 1)
    }
    parts.push(part)
    for (let i = 0; i < part.length; i++) origins.push(index + i)
  }
  return { text: parts.join(''), origins }
}

function isWord(text: string, length: number): boolean {
  return text.length === length && /^[\p{L}\p{N}_$]+$/u.test(text)
}

/** White space around `find` was not matched, so the same white space around `replace` is dropped too. */
function trimLikeFind(find: string, replace: string): string {
  const before = find.slice(0, find.length - find.trimStart().length)
  const after = find.slice(find.trimEnd().length)
  const from = replace.startsWith(before) ? before.length : 0
  const rest = replace.slice(from)
  return after !== '' && rest.endsWith(after) ? rest.slice(0, -after.length) : rest
}

function explainAmbiguous(code: string, find: string, at: readonly number[], { cell }: EditTarget): string {
  const shown = at.slice(0, 4).map((one) => quotePlace(code, one))
  const where = `line ${shown.join('; line ')}${at.length > shown.length ? '; and others' : ''}`
  const times = at.length > PLACES_COUNTED ? `more than ${PLACES_COUNTED}` : at.length
  return `${quote(find)} occurs ${times} times in cell ${cell} (${where}). Include more of the surrounding code, so that it occurs once.`
}

function explainAbsent(code: string, find: string, { cell, original, cells }: EditTarget): string {
  const opening = `${quote(find)} does not occur in cell ${cell}`
  if (code !== original && original.includes(find)) return `${opening} any more: an edit before it changed that piece.`
  const other = cells.findLast((event) => event.cell !== cell && event.code.includes(find))
  if (other) return `${opening}; it occurs in cell ${other.cell}.`
  const near = nearestLines(code, find)
  const hint =
    near.length > 0 ? ` The nearest is line ${near.map((line) => quoteLine(code, line)).join(', or line ')}.` : ''
  return `${opening}.${hint} Copy the piece from the current code.`
}

function explainNoSuchCell(cell: number, cells: readonly EventOf<'cell'>[]): string {
  const last = cells.at(-1)?.cell
  if (last === undefined) return `There is no cell ${cell}: none has been run yet. Send the whole code.`
  return `There is no cell ${cell}: the last one is cell ${last}.`
}

function quote(text: string): string {
  return JSON.stringify(text.length <= 80 ? text : `${text.slice(0, 79)}…`)
}
