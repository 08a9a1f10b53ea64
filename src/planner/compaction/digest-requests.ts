// Summarizes old requests for the digest: the user's words, the cells and their files, the answer. At several lengths.
import type { Event, EventOf } from '../../../sessions/event.ts'
import { clip, withoutBase64 } from '../messages/text.ts'

interface CellNote {
  readonly cell: number
  readonly purpose: string
  status: string
  names: readonly string[]
  readonly made: Set<string>
}

/** A request and its outcome; `words` is undefined for a cell that the user ran. */
export interface RequestNote {
  readonly words: string | undefined
  readonly files: readonly string[]
  readonly cells: CellNote[]
  /** Names of pictures that an endpoint generated. */
  readonly drawn: string[]
  answer: string
  end: string
}

/** How many characters of each part of a request are kept, and how many names. */
interface Length {
  readonly words: number
  readonly answer: number
  /** Characters of purposes and errors; 0: only numbers and statuses; undefined: no cells. */
  readonly cell: number | undefined
  readonly names: number
}

/** From nearly everything to little more than the user's words. */
export const LENGTHS: readonly Length[] = [
  { words: 600, answer: 600, cell: 160, names: 20 },
  { words: 300, answer: 240, cell: 80, names: 8 },
  { words: 160, answer: 100, cell: 0, names: 0 },
  { words: 70, answer: 0, cell: undefined, names: 0 },
]

/** The requests in order. */
export function requestsOf(events: readonly Event[]): RequestNote[] {
  const requests: RequestNote[] = []
  let open: RequestNote | undefined
  const at = (): RequestNote => {
    if (!open) requests.push((open = noted(undefined, [])))
    return open
  }
  for (const event of events) {
    if (event.type === 'ask') requests.push((open = noted(event.text, event.files)))
    else if (event.type === 'end') {
      if (open?.words !== undefined) open.end = event.status
      open = undefined
    } else if (event.type === 'message') at().answer = event.text
    else if (event.type === 'cell') startCell(at(), event)
    else if (event.type === 'file' || event.type === 'result' || event.type === 'rejected') finish(open, event)
  }
  return requests
}

function noted(words: string | undefined, files: readonly string[]): RequestNote {
  return { words, files, cells: [], drawn: [], answer: '', end: '' }
}

function startCell({ cells }: RequestNote, { cell, purpose = '' }: EventOf<'cell'>): void {
  cells.push({ cell, purpose, status: 'not finished', names: [], made: new Set() })
}

function finish(request: RequestNote | undefined, event: EventOf<'file' | 'result' | 'rejected'>): void {
  if (event.type === 'file' && event.cell === 0) request?.drawn.push(event.name)
  const note = request?.cells.findLast(({ cell }) => cell === event.cell)
  if (!note) return
  if (event.type === 'file') note.made.add(event.name)
  else if (event.type === 'rejected') note.status = `rejected: ${event.diagnostics[0]?.message ?? ''}`
  else if (event.status === 'ok' || note.status === 'not finished') {
    note.status = event.status === 'ok' ? 'ok' : `${event.status}: ${event.message ?? ''}`
    note.names = event.names
  }
}

export function describeRequest(request: RequestNote, number: number, length: Length): string {
  const { words, files, cells, drawn, answer, end } = request
  const said = words === undefined ? 'The person ran a cell.' : JSON.stringify(short(words, length.words))
  const failed = end !== '' && end !== 'ok' ? ` (${end})` : ''
  const lines = [
    `${number}. ${said}`,
    files.length > 0 && length.cell !== undefined && `  with ${quoted(files, 8)}`,
    ...cellLines(cells, length),
    drawn.length > 0 && length.cell !== undefined && `  drew ${quoted(drawn, 8)}`,
    answer !== '' && length.answer > 0 && `  answer${failed}: ${short(answer, length.answer)}`,
  ]
  return lines.filter(Boolean).join('\n')
}

function cellLines(cells: readonly CellNote[], { cell: most, names }: Length): string[] {
  if (most === undefined || cells.length === 0) return []
  if (most === 0) {
    return [`  cells ${cells.map(({ cell, status }) => `${cell} ${status.split(':')[0]}`).join(', ')}`]
  }
  return cells.map(({ cell, purpose, status, names: left, made }) => {
    const parts = [
      `cell ${cell} ${short(status, most)}`,
      purpose && `(${short(purpose, most)})`,
      made.size > 0 && `made ${quoted([...made], 8)}`,
      left.length > 0 && `left ${list(left, names)}`,
    ]
    return `  ${parts.filter(Boolean).join(' ')}`
  })
}

function short(text: string, most: number): string {
  return clip(withoutBase64(text.slice(0, 20_000)), most)
}

function quoted(names: readonly string[], most: number): string {
  return list(
    names.map((name) => JSON.stringify(clip(name, 80))),
    most,
  )
}

function list(names: readonly string[], most: number): string {
  const rest = names.length - most
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
