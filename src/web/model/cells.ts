// The page's model of one cell, and how events change it.
import type { EventOf } from '../../../sessions/event.ts'
import type { CellItem, Conversation, FileVersion, Turn } from './types.ts'
import { changeLast } from './turns.ts'

/** The initial state of a cell. */
export function cellOf({ cell, code, purpose, from }: EventOf<'cell'>): CellItem {
  return {
    ...{ type: 'cell', key: `cell-${cell}`, cell, code, purpose, from, status: 'running', output: [] },
    ...{ progress: undefined, files: [], removed: [], diagnostics: [], hints: [], notes: [] },
    ...{ failure: undefined, ms: undefined },
  }
}

type Change =
  | EventOf<'print'>
  | EventOf<'progress'>
  | EventOf<'note'>
  | EventOf<'hints'>
  | EventOf<'rejected'>
  | EventOf<'removed'>
  | EventOf<'result'>
  | { readonly type: 'made'; readonly file: FileVersion }

/** Applies an event of a cell in the last turn. */
export function changeCell(at: Conversation, cell: number, change: Change): Conversation {
  return changeLast(at, (turn) => {
    const items = turn.items.map((item) =>
      item.type === 'cell' && item.cell === cell ? applyChange(item, change) : item,
    )
    const isOver = turn.text === undefined && change.type === 'result'
    // A rerun has no `end` event in the journal, so its result ends the turn.
    return { ...turn, items, ...(isOver ? endOf(change) : {}) }
  })
}

function endOf({ status, code, message }: EventOf<'result'>): Pick<Turn, 'status' | 'code' | 'message'> {
  return { status, code, message }
}

function applyChange(item: CellItem, change: Change): CellItem {
  switch (change.type) {
    case 'print':
      return { ...item, output: withPrint(item.output, change) }
    case 'progress':
      return { ...item, progress: { done: change.done, total: change.total, label: change.label } }
    case 'rejected':
      return { ...item, diagnostics: change.diagnostics }
    case 'hints':
      return { ...item, hints: change.diagnostics }
    case 'note':
      return { ...item, notes: [...item.notes, change.text] }
    case 'removed':
      return {
        ...item,
        removed: [...item.removed, change.name],
        files: item.files.filter(({ name }) => name !== change.name),
      }
    case 'made':
      return { ...item, files: [...item.files.filter(({ name }) => name !== change.file.name), change.file] }
    case 'result': {
      const { status, code, message, line, column, ms } = change
      const failure = status === 'ok' ? undefined : { code, message, line, column }
      return { ...item, status, ms, failure, progress: undefined }
    }
  }
}

function withPrint(output: CellItem['output'], { stream, text }: EventOf<'print'>): CellItem['output'] {
  const last = output.at(-1)
  if (last?.stream !== stream) return [...output, { stream, text }]
  return [...output.slice(0, -1), { stream, text: last.text + text }]
}
