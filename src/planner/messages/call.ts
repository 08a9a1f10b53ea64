// Formats a model's calls for its history: a cell as code, an edit as the edit, an unreadable call as its text.
import { changedLines } from '../../../sessions/journal/edit-quote.ts'
import type { EventOf } from '../../../sessions/event.ts'
import { writeBlock } from '../edit-block.ts'
import { readEdit } from '../edit-reading.ts'
import { clip, withoutBase64 } from './text.ts'
import { namesOf } from './picture.ts'
import { EDIT_TOOL, GENERATE_IMAGE_TOOL, HELP_TOOL, EDIT_IMAGE_TOOL, RUN_TOOL, VIEW_IMAGES_TOOL } from '../tools.ts'

export interface ShownCall {
  readonly name: string
  readonly args: object
  /** The same call, for a model without tools. */
  readonly fenced: string
}

const UNREADABLE_SHOWN = 1000

export function callOfCell({ code, purpose, from }: EventOf<'cell'>): ShownCall {
  const why = purpose ? { purpose } : {}
  if (from) return { name: EDIT_TOOL, args: { cell: from.cell, edits: from.edits, ...why }, fenced: writeBlock(from) }
  return { name: RUN_TOOL, args: { code, ...why }, fenced: `\`\`\`ts\n${code}\n\`\`\`` }
}

export function callOfLook(look: EventOf<'look'>): ShownCall {
  const { names, ...how } = look.asked ?? { names: namesOf(look) }
  return { name: VIEW_IMAGES_TOOL, args: { names, ...how }, fenced: `(I look at ${names.join(', ')}.)` }
}

export function callOfHelp({ topic }: EventOf<'help'>): ShownCall {
  return { name: HELP_TOOL, args: { topic }, fenced: `\`\`\`help\n${topic}\n\`\`\`` }
}

/** The arguments in a fixed order, so that the text does not depend on the journal's key order. */
export function callOfDrawing(drawing: EventOf<'drawing'>): ShownCall {
  const { prompt, name, inputs, mask, size, quality, background } = drawing
  const images = inputs.length > 0 ? inputs : undefined
  const fenced = `(I have ${name} drawn: ${clip(prompt, 200)})`
  return {
    name: images ? EDIT_IMAGE_TOOL : GENERATE_IMAGE_TOOL,
    args: { prompt, name, images, mask, size, quality, background },
    fenced,
  }
}

/** A failed edit keeps its own format; anything else is shown as text. */
export function callOfUnreadable({ arguments: given }: EventOf<'unreadable'>): ShownCall {
  const said = withoutBase64(given)
  const edit = said.length <= UNREADABLE_SHOWN ? editIn(said) : undefined
  if (edit) return { name: EDIT_TOOL, args: edit, fenced: writeBlock(edit) }
  const text = clip(said, UNREADABLE_SHOWN)
  return { name: RUN_TOOL, args: { unreadable: text }, fenced: text }
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

/** The first lines that an edit changed, with their numbers, and a count of the rest. */
export function describeChange(before: string, after: string): string[] {
  const changed = changedLines(before, after)
  const lines = changed.slice(0, LINES_SHOWN).map(({ line, text }) => `  ${line} | ${withoutBase64(text)}`)
  return changed.length > LINES_SHOWN ? [...lines, `  and ${changed.length - LINES_SHOWN} more lines`] : lines
}
