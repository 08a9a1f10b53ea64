// The session as a Markdown transcript: requests, the code that ran, its output and the pictures.
import type { FileInfo } from '../../sandbox/protocol.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { Version } from './history.ts'
import { toCodeBlock, escapeMarkdown, toBlockQuote, sanitizeMarkdown, linkTarget } from './markdown.ts'

/** The transcript's links to the project. */
export interface TranscriptLinks {
  readonly versionOf: (event: Event) => Version | undefined
  /** The path of a version's bytes in the project. */
  readonly pathOf: (version: Version) => string | undefined
}

/** Maximum characters of a cell's output, and of any other text. */
const MAX_OUTPUT = 4000
const MAX_TEXT = 20_000

/** Writes the transcript of a journal. */
export function transcriptOf(events: readonly Event[], around: TranscriptLinks): string {
  const parts: string[] = ['# The conversation']
  let printed = ''
  let more = 0
  const flush = (): void => {
    if (printed.trim() !== '') parts.push(toCodeBlock(printed, 'text', MAX_OUTPUT, more))
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
    const rendered = isRedundant(event, events, at) ? undefined : renderEvent(event, around)
    if (rendered === undefined) continue
    flush()
    parts.push(rendered)
  }
  flush()
  return `${parts.join('\n\n')}\n`
}

/** Whether the same text directly precedes or follows it. */
function isRedundant(event: Event, events: readonly Event[], at: number): boolean {
  if (event.type === 'plan') {
    let place = at + 1
    while (place < events.length && events[place]!.type !== 'cell' && events[place]!.type !== 'plan') place++
    const next = events[place]
    return next?.type === 'cell' && next.purpose === event.text
  }
  const before = events[at - 1]
  return event.type === 'end' && before?.type === 'message' && before.text.includes(event.message ?? '')
}

function renderEvent(event: Event, around: TranscriptLinks): string | undefined {
  switch (event.type) {
    case 'ask':
      return renderRequest(event.text.trim())
    case 'upload':
    case 'file':
      return renderFile(event, around)
    case 'plan':
    case 'message':
      return sanitizeMarkdown(event.text.slice(0, MAX_TEXT))
    case 'cell':
      return renderCell(event)
    case 'rejected':
      return event.diagnostics
        .slice(0, 10)
        .map(
          ({ line, column, code, message }) =>
            `- ${line}:${column} ${escapeMarkdown(code)}: ${escapeMarkdown(message)}`,
        )
        .join('\n')
    case 'result':
      return event.status === 'ok'
        ? undefined
        : `**Cell ${event.cell} ended: ${event.status}.** ${escapeMarkdown(event.message ?? '')}`
    case 'drawing':
      return renderDrawing(event)
    case 'drawn':
      return event.status === 'ok' ? undefined : `**Nothing was drawn.** ${escapeMarkdown(event.message ?? '')}`
    case 'removed':
      return `${event.cell === 0 ? 'The user' : `Cell ${event.cell}`} removed ${escapeMarkdown(event.name)}.`
    case 'undo':
      return event.version === 0
        ? `Undone: ${escapeMarkdown(event.name)} is gone again.`
        : `Undone: ${escapeMarkdown(event.name)} is version ${event.version} again.`
    case 'note':
      return `_Note: ${escapeMarkdown(event.text)}_`
    case 'notice':
      return `_${escapeMarkdown(event.text)}_`
    case 'restored':
      return `_Restored ${event.cells} cells and ${event.files} files._${event.missing.map((line) => `\n- ${escapeMarkdown(line)}`).join('')}`
    case 'gone':
      return `_An earlier session had expired._`
    case 'end':
      return event.status === 'ok' || event.message === undefined ? undefined : `_${escapeMarkdown(event.message)}_`
    default:
      return undefined
  }
}

/** The request as a heading and, if it is longer than one, also as a quotation. */
function renderRequest(text: string): string {
  const heading = `## ${escapeMarkdown(short(text))}`
  return short(text) === text ? heading : `${heading}\n\n${toBlockQuote(text.slice(0, MAX_TEXT))}`
}

function renderCell({ cell, code, purpose, from }: EventOf<'cell'>): string {
  const origin = from
    ? ` (cell ${from.cell} with ${from.edits.length === 1 ? 'one change' : `${from.edits.length} changes`})`
    : ''
  const title = purpose ? `: ${escapeMarkdown(purpose)}` : ''
  return `### Cell ${cell}${title}${origin}\n\n${toCodeBlock(code, 'ts')}`
}

/** The prompt of a picture; the picture follows. */
function renderDrawing({ prompt, name, inputs }: EventOf<'drawing'>): string {
  const from = inputs.length > 0 ? ` from ${inputs.map(escapeMarkdown).join(', ')}` : ''
  return `### Drawn by a model: ${escapeMarkdown(name)}${from}\n\n${toBlockQuote(prompt.slice(0, MAX_TEXT))}`
}

function renderFile(event: EventOf<'upload'> | EventOf<'file'>, { versionOf, pathOf }: TranscriptLinks): string {
  const version = versionOf(event)
  const path = version && pathOf(version)
  const facts = factsOf(event.card, event.type === 'file' ? event.bytes : event.card.bytes)
  const name = escapeMarkdown(event.name)
  const brought = event.type === 'upload' ? 'Uploaded: ' : ''
  if (path === undefined) return `${brought}${name} (${facts}; its content is no longer stored)`
  const link = linkTarget(path)
  const line = `${brought}[${name}](${link}) (${facts})`
  return event.card.kind === 'picture' ? `![${name}](${link})\n\n${line}` : line
}

function factsOf({ width, height, frames = 1, rows, columns }: FileInfo, bytes: number): string {
  return [
    ...(width && height ? [`${width} × ${height} px`] : []),
    ...(frames > 1 ? [`${frames} frames`] : []),
    ...(rows === undefined ? [] : [`${rows} rows, ${columns?.length ?? 0} columns`]),
    formatBytes(bytes),
  ].join(', ')
}

/** A number of bytes in readable form. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

function short(text: string): string {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length > 80 ? `${line.slice(0, 79)}…` : line || 'Untitled'
}
