// What the page shows of a session, computed from its events alone: two tabs that saw the same events show the same.
import { drawingOf, lookOf, withDrawn, withDrawnFile } from './pictures.ts'
import type { CellStatus, Conversation, Item, MadeFile, Turn } from './types.ts'
import type { Session, Told, WebEvent } from '../api/shapes.ts'
import { changeCell, cellOf } from './cells.ts'
import { changeLast, openTurn } from './turns.ts'
import { withUsage } from './usage.ts'

export const EMPTY: Conversation = {
  turns: [],
  current: new Map(),
  versions: new Map(),
  fresh: [],
  revision: 0,
  session: undefined,
  takenBack: [],
  ahead: [],
  usage: undefined,
}

/** The conversation after these events. */
export function tell(before: Conversation, told: readonly Told[]): Conversation {
  return told.reduce((at, { event, seq }) => take(at, event, seq), before)
}

export function reconnect(at: Conversation): Conversation {
  return changeLast(at, (turn) => ({ ...turn, streaming: [] }))
}

type Of<T extends WebEvent['type']> = Extract<WebEvent, { type: T }>

function take(at: Conversation, event: WebEvent, seq: number | undefined): Conversation {
  switch (event.type) {
    case 'session':
      return takeSession(at, event)
    case 'upload':
      return keepFile({ ...at, fresh: [...at.fresh.filter((name) => name !== event.name), event.name] }, event, seq)
    case 'ask':
      return takeAsk(at, event, seq)
    case 'replaced':
      return takeBack(at, event)
    case 'cell':
      return takeCell(at, event, seq)
    case 'print':
    case 'note':
    case 'hints':
    case 'progress':
    case 'rejected':
    case 'result':
      return changeCell(at, event.cell, event)
    case 'file':
      return takeFile(at, event, seq)
    case 'removed':
      return takeRemoved(at, event, seq)
    case 'undo':
      return takeUndo(at, event, seq)
    default:
      return takeWords(at, event, seq)
  }
}

/** What `take` sees to itself. */
type Taken =
  | { type: 'session' | 'upload' | 'ask' | 'replaced' | 'cell' | 'print' | 'progress' | 'rejected' | 'result' }
  | Of<'file' | 'removed' | 'undo' | 'note' | 'hints'>

function takeWords(at: Conversation, event: Exclude<WebEvent, Taken>, seq: number | undefined): Conversation {
  switch (event.type) {
    case 'delta':
      return changeLast(at, (turn) => ({ ...turn, streaming: withPiece(turn.streaming, event) }))
    case 'plan':
      return addItem(at, { type: 'words', key: keyOf(seq), text: event.text }, 'text')
    case 'message':
      return addItem(at, { type: 'words', key: keyOf(seq), text: event.text, isAnswer: true }, 'all')
    case 'notice':
      return addNotice(at, { type: 'notice', key: keyOf(seq), text: event.text })
    case 'restored':
      return addRestored(at, { type: 'restored', key: keyOf(seq), ...pick(event) })
    case 'gone':
      return addItem(at, { type: 'gone', key: keyOf(seq), files: event.files, variables: event.variables })
    case 'unreadable':
      return addItem(at, { type: 'unreadable', key: keyOf(seq), problem: event.problem }, 'all')
    case 'usage':
      return changeLast({ ...at, usage: withUsage(at.usage, event) }, (turn) => ({
        ...turn,
        usage: withUsage(turn.usage, event),
      }))
    case 'look':
      return addItem(at, lookOf(event, keyOf(seq), at))
    case 'drawing':
      return addItem(at, drawingOf(event, keyOf(seq)), 'code')
    case 'drawn':
      return withDrawn(at, event)
    case 'compacted':
      return addItem(at, { type: event.type, key: keyOf(seq) })
    case 'help':
      return addItem(at, { type: 'help', key: keyOf(seq), topic: event.topic }, 'code')
    case 'end':
      return changeLast(at, (turn) => ({
        ...turn,
        streaming: [],
        status: event.status,
        code: event.code,
        message: event.message,
      }))
  }
}

function takeSession(at: Conversation, session: Session): Conversation {
  return { ...at, session }
}

function takeAsk(at: Conversation, event: Of<'ask'>, seq: number | undefined): Conversation {
  const files = event.files.flatMap((name) => at.current.get(name) ?? [])
  const picture = files.find(isPicture) ?? [...at.current.values()].findLast(isPicture)
  const turn: Turn = {
    ...openTurn(`ask-${keyOf(seq)}`),
    seq,
    text: event.text,
    files,
    before: picture,
    takenBack: at.takenBack,
    items: at.ahead,
  }
  return { ...at, turns: [...at.turns, turn], takenBack: [], fresh: [], ahead: [] }
}

/** The requests from `seq` on no longer count; what came since stays. */
function takeBack(at: Conversation, { seq, files }: Of<'replaced'>): Conversation {
  const index = at.turns.findIndex((turn) => turn.seq === seq)
  if (index < 0) return at
  const current = new Map(at.current)
  for (const { name, version } of files) setCurrent(current, name, at.versions.get(name)?.[version - 1])
  return {
    ...at,
    turns: at.turns.slice(0, index),
    takenBack: at.turns.slice(index),
    current,
    revision: at.revision + 1,
  }
}

function takeCell(before: Conversation, event: Of<'cell'>, seq: number | undefined): Conversation {
  const last = before.turns.at(-1)
  // A cell that a person runs again stands by itself.
  const isLoose = !last || last.status !== 'running'
  const origin =
    event.from && before.turns.findLast((turn) => turn.items.some((item) => item.key === `cell-${event.from?.cell}`))
  const loose: Turn = { ...openTurn(`run-${keyOf(seq)}`), before: origin?.before }
  const at = isLoose ? { ...before, turns: [...before.turns, loose] } : before
  return addItem(at, cellOf(event), 'code')
}

function takeFile(at: Conversation, event: Of<'file'>, seq: number | undefined): Conversation {
  const kept = keepFile(at, event, seq)
  const made = kept.current.get(event.name)
  if (!made) return kept
  // Cell 0 is what is drawn.
  return event.cell === 0 ? withDrawnFile(kept, made) : changeCell(kept, event.cell, { type: 'made', file: made })
}

function takeRemoved(before: Conversation, event: Of<'removed'>, seq: number | undefined): Conversation {
  const current = new Map(before.current)
  current.delete(event.name)
  const fresh = before.fresh.filter((name) => name !== event.name)
  const at = { ...before, current, fresh, revision: before.revision + 1 }
  // Cell 0 is the person.
  if (event.cell === 0) return addItem(at, { type: 'removed', key: keyOf(seq), name: event.name })
  return changeCell(at, event.cell, event)
}

function takeUndo(at: Conversation, { name, version }: Of<'undo'>, seq: number | undefined): Conversation {
  const current = new Map(at.current)
  const file = at.versions.get(name)?.[version - 1]
  setCurrent(current, name, file)
  const undone = { ...at, current, revision: at.revision + 1 }
  // The answer to a request says it in words.
  if (at.turns.at(-1)?.status === 'running') return undone
  return addItem(undone, { type: 'undone', key: keyOf(seq), name, version, file })
}

function keepFile(at: Conversation, event: Of<'file' | 'upload'>, seq: number | undefined): Conversation {
  const earlier = at.versions.get(event.name) ?? []
  const { name, card, fileId } = event
  const host = event.type === 'upload' ? hostOf(event.url) : undefined
  const file: MadeFile = { id: fileId ?? '', name, card, version: earlier.length + 1, key: keyOf(seq), host }
  const current = new Map(at.current)
  setCurrent(current, name, file)
  return { ...at, versions: new Map(at.versions).set(name, [...earlier, file]), current, revision: at.revision + 1 }
}

/** The file that came last stands last. */
function setCurrent(current: Map<string, MadeFile>, name: string, file: MadeFile | undefined): void {
  current.delete(name)
  if (file) current.set(name, file)
}

function addItem(at: Conversation, item: Item, ends: 'text' | 'code' | 'all' | 'none' = 'none'): Conversation {
  const open = at.turns.length > 0 ? at : { ...at, turns: [{ ...openTurn('first'), status: 'ok' as CellStatus }] }
  return changeLast(open, (turn) => {
    const streaming = turn.streaming.filter(({ of }) => ends === 'none' || (ends !== 'all' && of !== ends))
    return { ...turn, items: [...turn.items, item], streaming }
  })
}

/** Between turns it belongs to the request that is on its way. */
function addNotice(at: Conversation, item: Item): Conversation {
  return at.turns.at(-1)?.status === 'running' ? addItem(at, item) : { ...at, ahead: [...at.ahead, item] }
}

/** It is told once the cell that needs it is known, and stands before it. */
function addRestored(at: Conversation, item: Item): Conversation {
  const running = at.turns.at(-1)?.items.at(-1)
  if (running?.type !== 'cell' || running.status !== 'running') return addItem(at, item)
  return changeLast(at, (turn) => ({ ...turn, items: [...turn.items.slice(0, -1), item, running] }))
}

function withPiece(streaming: Turn['streaming'], { of, text }: Of<'delta'>): Turn['streaming'] {
  const last = streaming.at(-1)
  if (last?.of !== of) return [...streaming, { of, text }]
  return [...streaming.slice(0, -1), { of, text: last.text + text }]
}

function pick({ cells, files, ms, missing }: Of<'restored'>): Omit<Of<'restored'>, 'type'> {
  return { cells, files, ms, missing }
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined
}

function isPicture({ card }: MadeFile): boolean {
  return card.kind === 'picture'
}

const keyOf = (seq: number | undefined): string => String(seq ?? 'now')
