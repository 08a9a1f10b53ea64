// Renders events as text: plan, code, progress, printed output, answer and files; failures go to stderr.
import { basename } from 'node:path'
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { Display } from '../output-sink.ts'
import { advice, createFailedAttempts, type FailedAttempts } from './failed-attempts.ts'
import { createBlockWriter, type BlockWriter } from './blocks.ts'
import { createProgress } from './progress.ts'
import type { Screen } from './screen.ts'
import { createTextStream, type TextStream } from './text-stream.ts'
import {
  fileLines,
  formatDrawing,
  formatGone,
  formatLook,
  formatRestored,
  formatDimensions,
  escapeName,
} from './messages.ts'

export interface Style {
  /** `bare`: only a snippet's output and the files (easel run). */
  readonly layout: 'bare' | 'told'
  /** Values of last expressions: in full, grey and truncated, or not at all. */
  readonly values: 'plain' | 'grey' | 'none'
}

/** What one turn has shown so far, and its output. */
interface TurnOutput {
  readonly screen: Screen
  readonly lines: BlockWriter
  readonly stream: TextStream
  readonly failures: FailedAttempts
  readonly files: Map<string, EventOf<'file'>>
  printed: string
  answer: string
  /** A request is being answered. */
  isAsked: boolean
}

type Handlers = { readonly [T in Event['type']]?: (event: EventOf<T>) => void }

const VALUE_LINES = 8

/** The display of one program run. */
export function createRenderer(screen: Screen, { layout, values }: Style): Display {
  const lines = createBlockWriter(screen, layout === 'told')
  const stream = createTextStream(lines, screen.colour ? () => screen.columns : undefined)
  const failures = createFailedAttempts()
  const page: TurnOutput = {
    screen,
    lines,
    stream,
    failures,
    files: new Map(),
    printed: '',
    answer: '',
    isAsked: false,
  }
  const handlers: Handlers = {
    ...noteHandlers(page, layout),
    ask: () => void (page.isAsked = true),
    delta({ of, text }) {
      goOn(page)
      stream.piece(of, text)
    },
    plan({ text }) {
      goOn(page)
      stream.whole('text', text)
    },
    cell({ code }) {
      goOn(page)
      if (layout === 'told') stream.whole('code', code)
    },
    print({ stream: where, text }) {
      if (where === 'value') return showValue(page, text, values)
      if (where === 'stdout') page.printed += text
      print(page, text, where)
    },
    progress: createProgress(lines, screen.moving),
    rejected: (event) => failures.rejected(event),
    unreadable: (event) => failures.unreadable(event),
    result: (event) => failures.result(event),
    file: (event) => void page.files.set(event.name, event),
    removed: ({ name }) => void page.files.delete(name),
    message: ({ text }) => void (page.answer = text),
    end(event) {
      if (event.status === 'ok') showSuccess(page)
      else showFailure(page, event)
      failures.goOn()
      page.printed = ''
      page.answer = ''
      page.isAsked = false
    },
  }
  return (event) => {
    if (event.type !== 'delta' || event.of === 'code') stream.flush()
    ;(handlers[event.type] as ((event: Event) => void) | undefined)?.(sanitizeEvent(event, screen.safe))
  }
}

/** Makes all text in an event safe, recursively; a snippet's output keeps its colours until it is written. */
function sanitizeEvent<T>(part: T, safe: (text: string) => string): T {
  if (typeof part === 'string') return safe(part) as T & string
  if (Array.isArray(part)) return part.map((one: unknown) => sanitizeEvent(one, safe)) as T & unknown[]
  if (typeof part !== 'object' || part === null) return part
  const isPrinted = 'type' in part && part.type === 'print' && 'stream' in part && part.stream !== 'value'
  if (isPrinted) return part
  return Object.fromEntries(
    Object.entries(part).map(([name, value]: [string, unknown]) => [name, sanitizeEvent(value, safe)]),
  ) as T
}

/** Handlers of events that are shown as grey notes. */
function noteHandlers(page: TurnOutput, layout: Style['layout']): Handlers {
  const { screen, lines, failures } = page
  return {
    session({ id }) {
      // A pipe gets only the snippet's output.
      if (layout === 'told' || screen.moving) lines.block('note', lines.grey(`Session ${id}`))
    },
    notice: ({ text }) => (failures.isPaused ? failures.holdBack(text) : lines.block('note', lines.grey(text))),
    restored: (event) => note(page, formatRestored(event), ...event.missing),
    gone: (event) => note(page, ...formatGone(event)),
    look(event) {
      goOn(page)
      note(page, ...formatLook(event))
    },
    help({ topic }) {
      goOn(page)
      note(page, `Looked up: ${escapeName(topic)}`)
    },
    drawing(event) {
      goOn(page)
      note(page, formatDrawing(event))
      if (screen.moving) lines.draw('  It is being made…')
    },
    drawn(event) {
      lines.end()
      if (event.status === 'failed') failures.drawn(event)
    },
    compacted: () => note(page, 'From here on, the model gets a summary of earlier messages.'),
    note: ({ text }) => (failures.isPaused ? failures.holdBack(text) : note(page, `Note: ${text}`)),
    undo({ name, version }) {
      // The answer to a request says this already.
      if (page.isAsked) return
      lines.block(
        'note',
        lines.grey(
          version === 0 ? `${escapeName(name)} is gone again.` : `${escapeName(name)} is as in version ${version}.`,
        ),
      )
    },
  }
}

function goOn(page: TurnOutput): void {
  note(page, ...page.failures.goOn())
}

function note({ lines }: TurnOutput, ...texts: readonly string[]): void {
  for (const text of texts) lines.block('note', lines.grey(text))
}

function print({ lines }: TurnOutput, text: string, stream: 'stdout' | 'stderr'): void {
  if (lines.last !== 'print') lines.start('print')
  lines.print(text, stream)
}

function showValue(page: TurnOutput, text: string, values: Style['values']): void {
  if (values === 'plain') print(page, text, 'stdout')
  if (values !== 'grey') return
  const rows = text.trimEnd().split('\n')
  const cut = rows.length > VALUE_LINES ? [...rows.slice(0, VALUE_LINES), '…'] : rows
  page.lines.block('value', page.lines.grey(cut.join('\n')))
}

function listFiles({ lines, files }: TurnOutput): void {
  for (const text of fileLines([...files.values()])) lines.block('files', `${lines.green('✔')} ${text}`)
  files.clear()
  lines.end()
}

function showSuccess(page: TurnOutput): void {
  goOn(page)
  page.stream.whole('answer', unseenAnswer(page))
  listFiles(page)
}

/** Writes to stderr the answer, if it was not shown yet, and the reason, unless the answer contains it. */
function showFailure(page: TurnOutput, end: EventOf<'end'>): void {
  const { answer, stream, failures, screen } = page
  // The work succeeded; only its files could not be written.
  const done = end.code === 'EASEL_WRITE'
  if (done) stream.whole('answer', answer)
  const said = stream.wasStreamed(answer) || done || answer === ''
  const reason = failures.reason(end)
  listFiles(page)
  const parts = said ? [reason] : end.message && !answer.includes(end.message) ? [answer, reason] : [answer]
  screen.err(`easel: ${parts.join('\n')}${advice(end)}\n`)
}

/** The answer without text that was already printed or that the list of files below repeats. */
function unseenAnswer({ answer, printed, files }: TurnOutput): string {
  const seen = printed.trim()
  const fresh = seen === '' ? answer : answer.replace(seen, () => '')
  const repeats = (row: string): boolean =>
    [...files.values()].some((file) => {
      const size = formatDimensions(file)
      const named = namesOf(file).some((name) => row.includes(name))
      return size !== '' && named && row.includes(size) && row.length < file.name.length + 50
    })
  const rows = fresh.split('\n').filter((row) => !repeats(row))
  return rows.join('\n').trim()
}

/** Its name in the sandbox and where it was written. */
function namesOf({ name, path }: EventOf<'file'>): string[] {
  return [name, ...(path ? [basename(path)] : [])].map(escapeName)
}
