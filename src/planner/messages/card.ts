// How a model reads a file: a card of facts in a few lines, never its bytes.
import type { Card } from '../../../sandbox/protocol.ts'
import { clip, count, withoutBase64 } from './text.ts'

const COLUMNS_SHOWN = 60
const LINE_SHOWN = 160

/** One line for a picture, a few for a table: format, size, channels, frames, orientation; columns, rows, first lines. */
export function describeUpload(name: string, card: Card): string {
  const facts =
    card.kind === 'picture' ? pictureFacts(card) : card.kind === 'table' ? tableFacts(card) : otherFacts(card)
  const head = (card.head ?? []).map((line) => `    ${clip(withoutBase64(line), LINE_SHOWN)}`)
  const lines = [`- ${JSON.stringify(name)}: ${facts.filter(Boolean).join(', ')}`, ...columnLines(card)]
  return [...lines, ...(head.length > 0 ? ['  first lines:', ...head] : [])].join('\n')
}

function pictureFacts(card: Card): string[] {
  const turned = card.orientation !== undefined && card.orientation > 1
  const swapped = turned && (card.orientation ?? 1) >= 5
  const many = (card.frames ?? 1) > 1
  return [
    `${formatName(card).toUpperCase()} picture`,
    `${card.width}x${card.height}`,
    card.channels ? `${card.channels} channels${card.hasAlpha ? ' with alpha' : ''}` : '',
    card.space && card.space !== 'srgb' ? card.space : '',
    card.depth && card.depth !== 'uchar' ? `depth ${card.depth}` : '',
    many ? `${card.frames} frames${delayFacts(card.delay)}` : '',
    turned ? `EXIF orientation ${card.orientation}${swapped ? ' (shown upright it is turned a quarter)' : ''}` : '',
    `${count(card.bytes)} bytes`,
  ]
}

/** AVIF is kept in the container of HEIF, which sharp names. */
function formatName({ format, mime }: Card): string {
  return format === 'heif' && mime === 'image/avif' ? 'avif' : (format ?? mime)
}

/** Of an animation's frames: one delay, or from the shortest to the longest. */
export function delayFacts(delay: readonly number[] | undefined): string {
  if (!delay || delay.length === 0) return ''
  const [low, high] = [Math.min(...delay), Math.max(...delay)]
  return low === high ? ` of ${low} ms` : ` of ${low}-${high} ms`
}

function tableFacts(card: Card): string[] {
  return [
    'table',
    card.rows === undefined ? '' : `${count(card.rows)} rows`,
    card.columns ? `${card.columns.length} columns` : '',
    card.encoding ?? '',
    card.delimiter ? `delimiter ${JSON.stringify(card.delimiter)}` : '',
    `${count(card.bytes)} bytes`,
  ]
}

function columnLines(card: Card): string[] {
  if (!card.columns || card.columns.length === 0) return []
  const shown = card.columns.slice(0, COLUMNS_SHOWN).map((column) => `${clip(column.name, 60)} (${column.type})`)
  const rest = card.columns.length - shown.length
  return [`  columns: ${shown.join(', ')}${rest > 0 ? `, and ${rest} more` : ''}`]
}

function otherFacts(card: Card): string[] {
  const bytes = `${count(card.bytes)} bytes`
  if (card.kind === 'broken') {
    const problem = clip(card.problem ?? card.mime, 300).replace(/\.$/, '')
    if (!card.width || !card.height) return [`cannot be read: ${problem}`, bytes]
    return [`picture (${card.mime})`, `${card.width}x${card.height}`, bytes, problem]
  }
  const unseen = card.problem === undefined ? [] : [clip(card.problem, 300).replace(/\.$/, '')]
  return [card.kind === 'other' ? card.mime : `${card.kind} (${card.mime})`, bytes, ...unseen]
}
