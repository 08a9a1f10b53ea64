// Reduces a session's events to what the page shows, so two tabs that got the same events show the same.
import { drawingOf, lookOf, withDrawn, withDrawnFile } from './pictures.ts'
import type { CellStatus, Conversation, Item, FileVersion, Turn } from './types.ts'
import type { SessionShape, StreamMessage, StreamEvent } from '../../http/schemas.ts'
import { changeCell, cellOf } from './cells.ts'
import { changeLast, openTurn } from './turns.ts'
import { withUsage } from './usage.ts'

export const EMPTY_CONVERSATION: Conversation = {
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

/** Applies events to a conversation. */
export function applyEvents(before: Conversation, told: readonly StreamMessage[]): Conversation {
  return told.reduce((at, { event, seq }) => applyEvent(at, event, seq), before)
}

export function reconnect(at: Conversation): Conversation {
  return changeLast(at, (turn) => ({ ...turn, streaming: [] }))
}

type Of<T extends StreamEvent['type']> = Extract<StreamEvent, { type: T }>

function applyEvent(at: Conversation, event: StreamEvent, seq: number | undefined): Conversation {
  switch (event.type) {
    case 'session':
      return applySession(at, event)
    case 'upload':
      return addVersion({ ...at, fresh: [...at.fresh.filter((name) => name !== event.name), event.name] }, event, seq)
    case 'ask':
      return applyAsk(at, event, seq)
    case 'replaced':
      return applyReplaced(at, event)
    case 'cell':
      return applyCell(at, event, seq)
    case 'print':
    case 'note':
    case 'hints':
    case 'progress':
    case 'rejected':
    case 'result':
      return changeCell(at, event.cell, event)
    case 'file':
      return applyFile(at, event, seq)
    case 'removed':
      return applyRemoved(at, event, seq)
    case 'undo':
      return applyUndo(at, event, seq)
    default:
      return applyTurnEvent(at, event, seq)
  }
}

/** The events that `applyEvent` handles itself. */
type StateEvent =
  | { type: 'session' | 'upload' | 'ask' | 'replaced' | 'cell' | 'print' | 'progress' | 'rejected' | 'result' }
  | Of<'file' | 'removed' | 'undo' | 'note' | 'hints'>

function applyTurnEvent(
  at: Conversation,
  event: Exclude<StreamEvent, StateEvent>,
  seq: number | undefined,
): Conversation {
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

function applySession(at: Conversation, session: SessionShape): Conversation {
  return { ...at, session }
}

function applyAsk(at: Conversation, event: Of<'ask'>, seq: number | undefined): Conversation {
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

/** Takes back the requests from `seq` on; later uploads stay. */
function applyReplaced(at: Conversation, { seq, files }: Of<'replaced'>): Conversation {
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

function applyCell(before: Conversation, event: Of<'cell'>, seq: number | undefined): Conversation {
  const last = before.turns.at(-1)
  // A rerun is a turn of its own.
  const isLoose = !last || last.status !== 'running'
  const origin =
    event.from && before.turns.findLast((turn) => turn.items.some((item) => item.key === `cell-${event.from?.cell}`))
  const loose: Turn = { ...openTurn(`run-${keyOf(seq)}`), before: origin?.before }
  const at = isLoose ? { ...before, turns: [...before.turns, loose] } : before
  return addItem(at, cellOf(event), 'code')
}

function applyFile(at: Conversation, event: Of<'file'>, seq: number | undefined): Conversation {
  const kept = addVersion(at, event, seq)
  const made = kept.current.get(event.name)
  if (!made) return kept
  // Cell 0 stands for a generated picture.
  return event.cell === 0 ? withDrawnFile(kept, made) : changeCell(kept, event.cell, { type: 'made', file: made })
}

function applyRemoved(before: Conversation, event: Of<'removed'>, seq: number | undefined): Conversation {
  const current = new Map(before.current)
  current.delete(event.name)
  const fresh = before.fresh.filter((name) => name !== event.name)
  const at = { ...before, current, fresh, revision: before.revision + 1 }
  // Cell 0 stands for the user.
  if (event.cell === 0) return addItem(at, { type: 'removed', key: keyOf(seq), name: event.name })
  return changeCell(at, event.cell, event)
}

function applyUndo(at: Conversation, { name, version }: Of<'undo'>, seq: number | undefined): Conversation {
  const current = new Map(at.current)
  const file = at.versions.get(name)?.[version - 1]
  setCurrent(current, name, file)
  const undone = { ...at, current, revision: at.revision + 1 }
  // During a turn the answer's text reports it.
  if (at.turns.at(-1)?.status === 'running') return undone
  return addItem(undone, { type: 'undone', key: keyOf(seq), name, version, file })
}

function addVersion(at: Conversation, event: Of<'file' | 'upload'>, seq: number | undefined): Conversation {
  const earlier = at.versions.get(event.name) ?? []
  const { name, card, fileId } = event
  const host = event.type === 'upload' ? hostOf(event.url) : undefined
  const file: FileVersion = { id: fileId ?? '', name, card, version: earlier.length + 1, key: keyOf(seq), host }
  const current = new Map(at.current)
  setCurrent(current, name, file)
  return { ...at, versions: new Map(at.versions).set(name, [...earlier, file]), current, revision: at.revision + 1 }
}

/** Moves the file that changed last to the end. */
function setCurrent(current: Map<string, FileVersion>, name: string, file: FileVersion | undefined): void {
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

/** Between turns a notice belongs to the request that is about to arrive. */
function addNotice(at: Conversation, item: Item): Conversation {
  return at.turns.at(-1)?.status === 'running' ? addItem(at, item) : { ...at, ahead: [...at.ahead, item] }
}

/** The event arrives after the cell that needed the restore has started; show it before that cell. */
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

function isPicture({ card }: FileVersion): boolean {
  return card.kind === 'picture'
}

const keyOf = (seq: number | undefined): string => String(seq ?? 'now')
