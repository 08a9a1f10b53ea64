// Decides how a model is shown files: each on its own, an animation's frames on one sheet, and many pictures on a
// shared sheet if that takes fewer tokens.
import { MAX_TILES, type FileInfo, type PictureJob } from '../../sandbox/protocol.ts'
import type { Detail } from '../../sessions/event.ts'
import type { Size } from './families.ts'
import { layoutOf } from './sheet-layout.ts'
import { boxFor, LOW_SIDE, tokens } from './tokens.ts'

export interface Candidate {
  readonly name: string
  readonly card: FileInfo
}

export interface Shot extends PictureJob {
  /** An estimate. */
  readonly tokens: number
}

export interface Plan {
  readonly shots: readonly Shot[]
  /** Names that exceeded the limit. */
  readonly left: readonly string[]
}

/** Pictures sent at once. */
export const MAX_PICTURES_PER_LOOK = 16
/** Decoding a frame decodes all before it, so only this many pixels of an animation are read. */
const MAX_FRAME_PIXELS = 60_000_000
/** Up to this many stills are always shown one by one. */
const ALWAYS_SINGLE = 4
const MAX_BYTES = 20_000_000
const MAX_LOW_BYTES = 200_000

/** Plans the given picture files in order, as at most `most` pictures. */
export function planShots(
  files: readonly Candidate[],
  detail: Detail,
  model: string,
  most = MAX_PICTURES_PER_LOOK,
): Plan {
  const alone = new Map(files.map((file) => [file.name, shotOf(file, detail, model)]))
  const stills = files.filter(({ name, card }) => card.kind === 'picture' && !alone.get(name)?.sheet)
  const sheets = groups(stills).map((group) => planSheet(group, detail, model))
  const singles = stills.map(({ name }) => alone.get(name)!)
  const areMany = stills.length > ALWAYS_SINGLE && (cost(sheets) < cost(singles) || singles.length > most)
  if (areMany) {
    for (const { name } of stills) alone.delete(name)
    for (const sheet of sheets) alone.set(sheet.names[0]!, sheet)
  }
  const shots = files.flatMap(({ name }) => alone.get(name) ?? [])
  return { shots: shots.slice(0, most), left: shots.slice(most).flatMap(({ names }) => names) }
}

function shotOf(file: Candidate, detail: Detail, model: string): Shot {
  return (file.card.frames ?? 1) > 1 ? planAnimation(file, detail, model) : single(file, detail, model)
}

/** One picture by itself. */
export function single({ name, card }: Candidate, detail: Detail, model: string): Shot {
  const box = boxed(readable(card), detail, model)
  return { names: [name], box, most: mostBytes(detail), tokens: tokens(box.width, box.height, detail, model) }
}

function planSheet(files: readonly Candidate[], detail: Detail, model: string): Shot {
  const { sheet, ...box } = layoutOf(
    files.map(({ card }) => readable(card)),
    detail,
    model,
  )
  const names = files.map(({ name }) => name)
  return { names, box, sheet, most: mostBytes(detail), tokens: tokens(box.width, box.height, detail, model) }
}

function planAnimation({ name, card }: Candidate, detail: Detail, model: string): Shot {
  const size = upright(card)
  const reached = Math.max(1, Math.floor(MAX_FRAME_PIXELS / (size.width * size.height)))
  const frames = spread(Math.min(card.frames ?? 1, reached), MAX_TILES)
  const { sheet, ...box } = layoutOf(
    frames.map(() => size),
    detail,
    model,
  )
  const most = mostBytes(detail)
  return { names: [name], box, sheet: { ...sheet, frames }, most, tokens: tokens(box.width, box.height, detail, model) }
}

/** At most `most` evenly spaced integers below `count`, including the first and the last. */
function spread(count: number, most: number): number[] {
  const some = Math.min(count, most)
  return Array.from({ length: some }, (_, i) => Math.round((i * (count - 1)) / Math.max(1, some - 1)))
}

/** Splits the files into groups of equal size as far as possible. */
function groups(files: readonly Candidate[]): Candidate[][] {
  const many = Math.ceil(files.length / MAX_TILES)
  const size = Math.ceil(files.length / Math.max(1, many))
  return Array.from({ length: many }, (_, i) => files.slice(i * size, (i + 1) * size))
}

/** The size to show; vector drawings may be enlarged. */
function readable(card: FileInfo): Size {
  const { width, height } = upright(card)
  const by = card.format === 'svg' ? Math.max(1, LOW_SIDE / Math.max(width, height)) : 1
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) }
}

/** The picture's upright size; a common one if the file info has none. */
function upright({ width, height, orientation = 1 }: FileInfo): Size {
  if (!width || !height) return { width: 1024, height: 1024 }
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}

function boxed({ width, height }: Size, detail: Detail, model: string): Size {
  return boxFor(model, detail, width, height)
}

function mostBytes(detail: Detail): number {
  return detail === 'low' ? MAX_LOW_BYTES : MAX_BYTES
}

function cost(shots: readonly Shot[]): number {
  return shots.reduce((sum, shot) => sum + shot.tokens, 0)
}
