// Describes a finished cell to the model: bounded in size, without base64, and deterministic.
import type { Diagnostic, EventOf } from '../../../sessions/event.ts'
import type { FileInfo } from '../../../sandbox/protocol.ts'
import { delayFacts } from './card.ts'
import { truncate, clip, formatCount, withoutBase64 } from './text.ts'

/** The journal's events of one cell. */
export interface CellRecord {
  readonly cell: EventOf<'cell'>
  /** For an edited cell: its new lines. */
  readonly changed: readonly string[]
  readonly prints: EventOf<'print'>[]
  readonly files: Map<string, EventOf<'file'>>
  readonly removed: Set<string>
  readonly diagnostics: Diagnostic[]
  /** For a cell that threw: type errors that did not prevent it from running. */
  readonly hints: Diagnostic[]
  readonly notes: string[]
  result: EventOf<'result'> | undefined
}

/** The journal's events of one drawing. */
export interface DrawingRecord {
  readonly drawing: EventOf<'drawing'>
  readonly files: Map<string, EventOf<'file'>>
  drawn: EventOf<'drawn'> | undefined
}

const PRINTED = { head: 4000, tail: 2000 }
const VALUE = { head: 1500, tail: 500 }
const MESSAGE = { head: 2000, tail: 500 }
const DIAGNOSTICS_SHOWN = 12
const HINTS_SHOWN = 4
const FILES_SHOWN = 40

/** Number, status, changed lines, output, value, files, problems by line: at most about 14,000 characters. */
export function describeResult(record: CellRecord): string {
  const printed = joinPrints(record, (stream) => stream !== 'value')
  const value = joinPrints(record, (stream) => stream === 'value')
  const parts = [
    `cell ${record.cell.cell}, ${statusLine(record)}`,
    record.changed.length > 0 && `changed in it:\n${record.changed.join('\n')}`,
    problems(record),
    hints(record),
    printed && `printed:\n${truncate(printed, PRINTED.head, PRINTED.tail)}`,
    value && !repeatsFileInfo(value, record) && `value: ${truncate(value, VALUE.head, VALUE.tail)}`,
    fileLines(record),
    record.removed.size > 0 && `files removed: ${[...record.removed].map((name) => JSON.stringify(name)).join(', ')}`,
    ...record.notes.map((note) => `note: ${note}`),
  ]
  return parts.filter(Boolean).join('\n')
}

/** The status, and the file with its facts or why there is none. */
export function describeDrawing({ files, drawn }: DrawingRecord): string {
  const status = drawn ? `status: ${drawn.status}` : 'status: unknown (the result was not recorded)'
  const why = drawn?.message && [clip(drawn.message, 600), WAYS_ON[drawn.code ?? '']].filter(Boolean).join(' ')
  return [status, why, fileLines({ files })].filter(Boolean).join('\n')
}

/** Advice to the model by error code; the user is told what happened. */
const WAYS_ON: Readonly<Record<string, string>> = {
  images_none: 'Draw with canvas instead.',
  images_budget: 'Go on with what there is, and answer.',
}

function statusLine({ result, diagnostics, prints, files }: CellRecord): string {
  if (!result)
    return diagnostics.length > 0 ? 'status: rejected (nothing ran)' : 'status: unknown (the result was not recorded)'
  const quiet = result.status === 'ok' && prints.length === 0 && files.size === 0
  const extra = result.status === 'rejected' ? ' (nothing ran)' : quiet ? ' (nothing printed, no file made)' : ''
  return `status: ${result.status}${extra}`
}

function problems({ cell, result, diagnostics }: CellRecord): string {
  const lines = diagnostics.slice(0, DIAGNOSTICS_SHOWN).map((one) => {
    return `line ${one.line}, column ${one.column}: ${clip(one.message, 600)} (${one.code})${quote(cell.code, one.line)}`
  })
  if (diagnostics.length > lines.length) lines.push(`and ${diagnostics.length - lines.length} more problems`)
  if (result?.message && result.status !== 'ok' && diagnostics.length === 0) {
    const place = result.line ? `line ${result.line}${result.column ? `, column ${result.column}` : ''}: ` : ''
    const message = truncate(result.message, MESSAGE.head, MESSAGE.tail)
    lines.push(`${place}${message}${result.line ? quote(cell.code, result.line) : ''}`)
  }
  return lines.join('\n')
}

/** Hints on the line that threw come first. */
function hints({ cell, result, hints: all }: CellRecord): string {
  const near = all.filter(({ line }) => line === result?.line)
  const shown = [...near, ...all.filter((one) => !near.includes(one))].slice(0, HINTS_SHOWN)
  if (shown.length === 0) return ''
  const lines = shown.map(({ line, message }) => `line ${line}: ${clip(message, 300)}${quote(cell.code, line)}`)
  return `perhaps because, says the type check:\n${lines.join('\n')}`
}

/** The source line, so that the model need not count lines. */
function quote(code: string, line: number): string {
  const text = code.split('\n')[line - 1]?.trim()
  return text ? `\n  ${line} | ${clip(withoutBase64(text), 160)}` : ''
}

/** Whether the value is the info object of `toFile`, whose facts repeat those of the file. */
function repeatsFileInfo(value: string, { files }: CellRecord): boolean {
  if (value.length > 2000) return false
  const size = /^\{\s*format: '\w+',\s*width: \d+,\s*height: \d+,[^{}]*\bsize: (\d+),?[^{}]*\}$/.exec(value.trim())?.[1]
  return size !== undefined && [...files.values()].some(({ bytes }) => bytes === Number(size))
}

function joinPrints({ prints }: CellRecord, wanted: (stream: EventOf<'print'>['stream']) => boolean): string {
  const texts = prints.filter((print) => wanted(print.stream)).map((print) => print.text.replace(/\n$/, ''))
  return withoutSharpInternals(texts.join('\n'))
}

/** Reduces a printed Sharp object to its name: drops everything to the closing bracket at the same indentation. */
function withoutSharpInternals(text: string): string {
  if (!text.includes('Sharp {\n')) return text
  const lines = text.split('\n')
  /** Line numbers of closing brackets, by indentation. */
  const closing = new Map<number, number[]>()
  const indentOf = (line: string): number => line.length - line.replace(/^ */, '').length
  for (const [at, line] of lines.entries()) {
    const indent = indentOf(line)
    if (line[indent] !== '}') continue
    const own = closing.get(indent) ?? []
    closing.set(indent, own)
    own.push(at)
  }
  const passed = new Map<number, number>()
  const left: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    const indent = indentOf(line)
    const ends = /\bSharp \{$/.test(line) ? (closing.get(indent) ?? []) : []
    let next = passed.get(indent) ?? 0
    while (next < ends.length && ends[next]! <= at + 1) next++
    passed.set(indent, next)
    const end = ends[next]
    if (end === undefined) left.push(line)
    else {
      left.push(`${line.slice(0, -1)}{…}${lines[end]!.slice(indent + 1)}`)
      at = end
    }
  }
  return left.join('\n')
}

/** The file's channels and depth; gray pixels may be stored as RGB. */
function modeOf({ channels, hasAlpha, space, depth }: FileInfo): string {
  if (channels === undefined) return ''
  const alpha = hasAlpha ? ' with alpha' : ''
  const mode = channels < 3 ? `grayscale${alpha}` : space === 'cmyk' ? `CMYK${alpha}` : hasAlpha ? 'RGBA' : 'RGB'
  return `${mode}${depth === undefined || depth === 'uchar' ? '' : ` ${depth}`}, `
}

/** Facts measured from the pixels, so that the model can check a result without looking at it. */
function pixelFacts({ channels = 3, gray, blank, transparent = 0, still }: FileInfo): string {
  const facts = [
    blank === undefined ? gray && channels > 2 && 'gray' : `blank ${blank}`,
    transparent > 0 && `${transparent < 0.01 ? 'under 1' : Math.round(transparent * 100)} % transparent`,
    still && 'all frames the same',
  ]
  return facts.map((fact) => (fact ? `${fact}, ` : '')).join('')
}

function fileLines({ files }: Pick<CellRecord, 'files'>): string {
  if (files.size === 0) return ''
  const lines = [...files.values()].slice(0, FILES_SHOWN).map((file) => {
    const size = file.width && file.height ? `${file.width}x${file.height}, ` : ''
    const frames = (file.frames ?? 1) > 1 ? `${file.frames} frames${delayFacts(file.card.delay)}, ` : ''
    const rows = file.card.rows === undefined ? '' : `${formatCount(file.card.rows)} rows, `
    const broken = file.card.kind === 'broken' ? `, cannot be read: ${clip(file.card.problem ?? file.mime, 200)}` : ''
    return `- ${JSON.stringify(file.name)}: ${file.mime}, ${size}${modeOf(file.card)}${frames}${pixelFacts(file.card)}${rows}${formatCount(file.bytes)} bytes${broken}`
  })
  if (files.size > lines.length) lines.push(`- and ${files.size - lines.length} more`)
  return `files made:\n${lines.join('\n')}`
}
