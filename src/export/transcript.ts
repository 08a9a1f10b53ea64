// The session as a Markdown transcript: requests, the code that ran, its output and the pictures.
import type { FileInfo } from '../../sandbox/protocol.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { Version } from './history.ts'
import { fenced, plain, quotation, tamed, target } from './markdown.ts'

/** The transcript's links to the project. */
export interface Surroundings {
  readonly versionOf: (event: Event) => Version | undefined
  /** The path of a version's bytes in the project. */
  readonly pathOf: (version: Version) => string | undefined
}

/** Maximum characters of a cell's output, and of any other text. */
const MAX_OUTPUT = 4000
const MAX_TEXT = 20_000

/** Writes the transcript of a journal. */
export function transcriptOf(events: readonly Event[], around: Surroundings): string {
  const parts: string[] = ['# The conversation']
  let printed = ''
  let more = 0
  const flush = (): void => {
    if (printed.trim() !== '') parts.push(fenced(printed, 'text', MAX_OUTPUT, more))
    printed = ''
    more = 0
  }
  for (let at = 0; at < events.length; at++) {
    const event = events[at]!
    if (event.type === 'print') {
      if (printed.length > MAX_OUTPUT) more += event.text.length
      else printed += printed === '' ? event.text.replace(/^\n+/, '') : event.text
      continue
    }
    const told = isTold(event, events, at) ? undefined : tell(event, around)
    if (told === undefined) continue
    flush()
    parts.push(told)
  }
  flush()
  return `${parts.join('\n\n')}\n`
}

/** Whether the same text directly precedes or follows it. */
function isTold(event: Event, events: readonly Event[], at: number): boolean {
  if (event.type === 'plan') {
    let place = at + 1
    while (place < events.length && events[place]!.type !== 'cell' && events[place]!.type !== 'plan') place++
    const next = events[place]
    return next?.type === 'cell' && next.purpose === event.text
  }
  const before = events[at - 1]
  return event.type === 'end' && before?.type === 'message' && before.text.includes(event.message ?? '')
}

function tell(event: Event, around: Surroundings): string | undefined {
  switch (event.type) {
    case 'ask':
      return tellRequest(event.text.trim())
    case 'upload':
    case 'file':
      return tellFile(event, around)
    case 'plan':
    case 'message':
      return tamed(event.text.slice(0, MAX_TEXT))
    case 'cell':
      return tellCell(event)
    case 'rejected':
      return event.diagnostics
        .slice(0, 10)
        .map(({ line, column, code, message }) => `- ${line}:${column} ${plain(code)}: ${plain(message)}`)
        .join('\n')
    case 'result':
      return event.status === 'ok'
        ? undefined
        : `**Cell ${event.cell} ended: ${event.status}.** ${plain(event.message ?? '')}`
    case 'drawing':
      return tellDrawing(event)
    case 'drawn':
      return event.status === 'ok' ? undefined : `**Nothing was drawn.** ${plain(event.message ?? '')}`
    case 'removed':
      return `Cell ${event.cell} removed ${plain(event.name)}.`
    case 'undo':
      return event.version === 0
        ? `Undone: ${plain(event.name)} is gone again.`
        : `Undone: ${plain(event.name)} is version ${event.version} again.`
    case 'note':
      return `_Note: ${plain(event.text)}_`
    case 'notice':
      return `_${plain(event.text)}_`
    case 'restored':
      return `_Restored ${event.cells} cells and ${event.files} files._${event.missing.map((line) => `\n- ${plain(line)}`).join('')}`
    case 'gone':
      return `_An earlier session had expired._`
    case 'end':
      return event.status === 'ok' || event.message === undefined ? undefined : `_${plain(event.message)}_`
    default:
      return undefined
  }
}

/** The request as a heading and, if it is longer than one, also as a quotation. */
function tellRequest(text: string): string {
  const heading = `## ${plain(short(text))}`
  return short(text) === text ? heading : `${heading}\n\n${quotation(text.slice(0, MAX_TEXT))}`
}

function tellCell({ cell, code, purpose, from }: EventOf<'cell'>): string {
  const origin = from
    ? ` (cell ${from.cell} with ${from.edits.length === 1 ? 'one change' : `${from.edits.length} changes`})`
    : ''
  const title = purpose ? `: ${plain(purpose)}` : ''
  return `### Cell ${cell}${title}${origin}\n\n${fenced(code, 'ts')}`
}

/** The prompt of a picture; the picture follows. */
function tellDrawing({ prompt, name, inputs }: EventOf<'drawing'>): string {
  const from = inputs.length > 0 ? ` from ${inputs.map(plain).join(', ')}` : ''
  return `### Drawn by a model: ${plain(name)}${from}\n\n${quotation(prompt.slice(0, MAX_TEXT))}`
}

function tellFile(event: EventOf<'upload'> | EventOf<'file'>, { versionOf, pathOf }: Surroundings): string {
  const version = versionOf(event)
  const path = version && pathOf(version)
  const facts = factsOf(event.card, event.type === 'file' ? event.bytes : event.card.bytes)
  const name = plain(event.name)
  const brought = event.type === 'upload' ? 'Brought: ' : ''
  if (path === undefined) return `${brought}${name} (${facts}; its bytes are not kept)`
  const link = target(path)
  const line = `${brought}[${name}](${link}) (${facts})`
  return event.card.kind === 'picture' ? `![${name}](${link})\n\n${line}` : line
}

function factsOf({ width, height, frames = 1, rows, columns }: FileInfo, bytes: number): string {
  return [
    ...(width && height ? [`${width} × ${height} px`] : []),
    ...(frames > 1 ? [`${frames} frames`] : []),
    ...(rows === undefined ? [] : [`${rows} rows, ${columns?.length ?? 0} columns`]),
    size(bytes),
  ].join(', ')
}

/** A number of bytes in readable form. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function short(text: string): string {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length > 80 ? `${line.slice(0, 79)}…` : line || 'Untitled'
}
