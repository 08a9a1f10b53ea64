// An earlier cell's code with small changes, for whoever need not send it all again: the model, the chat, the doors.
import type { Edit, Event, EventOf } from './event.ts'
import { nearestLines, quoteLine } from './edit-quote.ts'

export type Edited = { readonly code: string } | { readonly problem: string }

const MOST_EDITS = 50
const PROBLEMS_SHOWN = 3
/** Longer pieces must stand exactly as they are. */
const LONGEST_LOOSE = 5000

/**
 * The code of an announced cell, however it ended, after `edits` in order; without any, the code as it is. Each `find`
 * must stand exactly once in what the edits before it left; other white space is forgiven where that is unambiguous.
 * A problem is a sentence or a few that say what to do.
 */
export function editedCode(events: readonly Event[], cell: number, edits: readonly Edit[]): Edited {
  const cells = events.filter((event) => event.type === 'cell')
  const original = cells.findLast((event) => event.cell === cell)
  if (!original) return { problem: noSuchCell(cell, cells) }
  if (edits.length > MOST_EDITS)
    return { problem: `These are ${edits.length} edits, and ${MOST_EDITS} is the limit: send the whole code instead.` }
  const problems: string[] = []
  let { code } = original
  for (const [at, edit] of edits.entries()) {
    const edited = apply(code, edit, { cell, original: original.code, cells })
    if ('code' in edited) code = edited.code
    else problems.push(edits.length > 1 ? `Edit ${at + 1}: ${edited.problem}` : edited.problem)
  }
  if (problems.length > 0) return { problem: problems.slice(0, PROBLEMS_SHOWN).join(' ') }
  return code.trim() === '' ? { problem: `After these edits nothing is left of cell ${cell}.` } : { code }
}

interface Place {
  readonly cell: number
  readonly original: string
  readonly cells: readonly EventOf<'cell'>[]
}

function apply(code: string, { find, replace }: Edit, place: Place): Edited {
  if (find.trim() === '') return { problem: '"find" is empty; it is a piece of the code that is there.' }
  if (find === replace) return { problem: `"find" and "replace" are the same: ${quote(find)}.` }
  const exact = positions(code, find)
  if (exact.length === 1) return { code: spliced(code, exact[0]!, find.length, replace) }
  const loose = exact.length > 1 ? [] : loosely(code, find)
  const [only] = loose
  if (only && loose.length === 1) return { code: spliced(code, only.at, only.length, trimmedAlike(find, replace)) }
  const many = exact.length > 1 ? exact : loose.map(({ at }) => at)
  return { problem: many.length > 0 ? ambiguous(code, find, many, place) : absent(code, find, place) }
}

function spliced(code: string, at: number, length: number, replace: string): string {
  return code.slice(0, at) + replace + code.slice(at + length)
}

function positions(code: string, find: string): number[] {
  const found: number[] = []
  for (let at = code.indexOf(find); at >= 0; at = code.indexOf(find, at + 1)) found.push(at)
  return found
}

/** The same words and signs, with any white space between them where none glues or splits a word. */
function loosely(code: string, find: string): { at: number; length: number }[] {
  if (find.length > LONGEST_LOOSE) return []
  const tokens = [...find.matchAll(/[\p{L}\p{N}_$]+|[^\s]/gu)]
  const pattern = tokens.map(({ 0: token, index }, i) => {
    const spaced = i > 0 && /\s/.test(find.charAt(index - 1))
    const words = WORD_END.test(tokens[i - 1]?.[0] ?? '') && WORD_END.test(token)
    return (i === 0 ? '' : spaced && words ? '\\s+' : '\\s*') + token.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  })
  const edge = (token: string | undefined, look: string) => (WORD_END.test(token ?? '') ? look : '')
  const first = edge(tokens[0]?.[0], '(?<![\\p{L}\\p{N}_$])')
  const last = edge(tokens.at(-1)?.[0], '(?![\\p{L}\\p{N}_$])')
  const matches = code.matchAll(new RegExp(first + pattern.join('') + last, 'gu'))
  return [...matches].map(({ 0: text, index }) => ({ at: index, length: text.length }))
}

const WORD_END = /[\p{L}\p{N}_$]$/u

/** White space around `find` was not looked for, so what `replace` repeats of it goes too. */
function trimmedAlike(find: string, replace: string): string {
  const before = /^\s*/.exec(find)?.[0] ?? ''
  const after = /\s*$/.exec(find)?.[0] ?? ''
  const from = replace.startsWith(before) ? before.length : 0
  const rest = replace.slice(from)
  return after !== '' && rest.endsWith(after) ? rest.slice(0, -after.length) : rest
}

function ambiguous(code: string, find: string, at: readonly number[], { cell }: Place): string {
  const lines = [...new Set(at.map((one) => code.slice(0, one).split('\n').length))]
  const shown = lines.slice(0, 4).map((line) => quoteLine(code, line))
  const more = lines.length > shown.length ? ' and others' : ''
  const where = `${lines.length > 1 ? 'lines' : 'line'} ${shown.join(', ')}${more}`
  return `${quote(find)} stands ${at.length} times in cell ${cell} (${where}). Make "find" longer, so that it stands once.`
}

function absent(code: string, find: string, { cell, original, cells }: Place): string {
  const opening = `${quote(find)} does not stand in cell ${cell}`
  if (code !== original && original.includes(find)) return `${opening} any more: an edit before it changed that piece.`
  const other = cells.findLast((event) => event.cell !== cell && event.code.includes(find))
  if (other) return `${opening}; it stands in cell ${other.cell}.`
  const near = nearestLines(code, find)
  const hint = near.length > 0 ? ` The nearest is line ${near.map((line) => quoteLine(code, line)).join(', or line ')}.` : ''
  return `${opening}.${hint} Copy the piece from the code as it stands.`
}

function noSuchCell(cell: number, cells: readonly EventOf<'cell'>[]): string {
  const last = cells.at(-1)?.cell
  if (last === undefined) return `There is no cell ${cell}: none has been run yet. Send the whole code.`
  return `There is no cell ${cell}: the last one is cell ${last}.`
}

function quote(text: string): string {
  return JSON.stringify(text.length <= 80 ? text : `${text.slice(0, 79)}…`)
}
