// Pictures that were shown to the model, and pictures that an endpoint generated.
import type { EventOf } from '../../../sessions/event.ts'
import type { Conversation, DrawingItem, LookItem, FileVersion, Turn } from './types.ts'
import { changeLast } from './turns.ts'

/** The pictures that the model was shown, with the files as they are at this event. */
export function lookOf(look: EventOf<'look'>, key: string, { current, turns }: Conversation): LookItem {
  const names = look.pictures.flatMap((picture) => picture.names)
  const turn = turns.at(-1)
  const inTurn = new Set(turn && [...turn.files, ...filesMade(turn)].map(({ name }) => name))
  return {
    type: 'look',
    key,
    names,
    files: names.filter((name) => !inTurn.has(name)).flatMap((name) => current.get(name) ?? []),
    pictures: look.pictures.length,
    tokens: look.pictures.reduce((sum, { tokens }) => sum + tokens, 0),
    problems: look.problems,
  }
}

/** The initial state of a generated picture. */
export function drawingOf({ name, prompt, inputs }: EventOf<'drawing'>, key: string): DrawingItem {
  const open = { status: 'running', files: [], message: undefined, ms: undefined } as const
  return { type: 'drawing', key, name, prompt, inputs, ...open }
}

/** Adds a file to the picture generation that is running. */
export function withDrawnFile(at: Conversation, file: FileVersion): Conversation {
  return changeDrawing(at, (item) => ({ ...item, files: [...item.files, file] }))
}

/** Ends the picture generation that is running. */
export function withDrawn(at: Conversation, { status, message, ms }: EventOf<'drawn'>): Conversation {
  return changeDrawing(at, (item) => ({ ...item, status, message, ms }))
}

function changeDrawing(at: Conversation, change: (item: DrawingItem) => DrawingItem): Conversation {
  return changeLast(at, (turn) => {
    const index = turn.items.findLastIndex((item) => item.type === 'drawing' && item.status === 'running')
    const item = turn.items[index]
    return item?.type === 'drawing' ? { ...turn, items: turn.items.with(index, change(item)) } : turn
  })
}

/** The files made in a turn, in order. */
export function filesMade({ items }: Pick<Turn, 'items'>): readonly FileVersion[] {
  return items.flatMap((item) => (item.type === 'cell' || item.type === 'drawing' ? item.files : []))
}
