// A cell, or a call that was none, as the model made it: code as code, an edit as the edit it was.
import type { EventOf } from '../../sessions/event.ts'
import { writeBlock } from './edit-block.ts'
import { readEdit } from './edit-reading.ts'
import { clip, withoutBase64 } from './messages-text.ts'
import { EDIT, RUN } from './tools.ts'

export interface ShownCall {
  readonly name: string
  readonly args: object
  /** The same for a model without tools. */
  readonly fenced: string
}

const UNREADABLE_SHOWN = 1000

export function callOfCell({ code, purpose, from }: EventOf<'cell'>): ShownCall {
  const why = purpose ? { purpose } : {}
  if (from) return { name: EDIT, args: { cell: from.cell, edits: from.edits, ...why }, fenced: writeBlock(from) }
  return { name: RUN, args: { code, ...why }, fenced: `\`\`\`ts\n${code}\n\`\`\`` }
}

/** An edit that could not be made is shown in its own form, everything else as text. */
export function callOfUnreadable({ arguments: given }: EventOf<'unreadable'>): ShownCall {
  const said = withoutBase64(given)
  const edit = said.length <= UNREADABLE_SHOWN ? editIn(said) : undefined
  if (edit) return { name: EDIT, args: edit, fenced: writeBlock(edit) }
  const text = clip(said, UNREADABLE_SHOWN)
  return { name: RUN, args: { unreadable: text }, fenced: text }
}

function editIn(text: string) {
  try {
    const args: unknown = JSON.parse(text)
    const edit = typeof args === 'object' && args !== null ? readEdit(args as Record<string, unknown>) : undefined
    return edit && 'cell' in edit ? edit : undefined
  } catch {
    return undefined
  }
}

const LINES_SHOWN = 4

/** The lines that an edit left and that did not stand there before, with their numbers: at most four. */
export function changedLines(before: string, after: string): string[] {
  const known = new Map<string, number>()
  for (const line of before.split('\n')) known.set(line, (known.get(line) ?? 0) + 1)
  const changed = after.split('\n').flatMap((line, at) => {
    const left = known.get(line) ?? 0
    known.set(line, left - 1)
    return left > 0 || line.trim() === '' ? [] : [`  ${at + 1} | ${clip(withoutBase64(line), 120)}`]
  })
  const more = changed.length - LINES_SHOWN
  return [...changed.slice(0, LINES_SHOWN), ...(more > 0 ? [`  and ${more} more lines`] : [])]
}
