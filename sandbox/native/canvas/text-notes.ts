// Reports text that is cut off by the edge of its canvas, at the end of the cell, when intent can be judged: text that
// was also drawn wholly inside, or at many places (tiles, or moving through frames), is not reported.
import type { OperationContext } from '../operation.ts'
import type { Canvas, SKRSContext2D } from './skia.ts'
import { isClearlyInside, isInvisible, type DrawnText, type Overhang, measureOverhang } from './text-edges.ts'

/** Effort limit of one cell; 1 is a quick check, 5 to 10 µs. 10,000 texts take some 5 % longer, more cost nothing. */
const MAX_EFFORT = 500
const MEASURING = 5
const MAX_TEXT = 5000
/** Text cut at this many places is taken as intended. */
const MANY_PLACES = 3
/** A canvas read this often shows frames, in which moving or counting text is cut only for a moment. */
const MANY_PICTURES = 10

/** One canvas in a cell. */
interface CanvasState {
  readonly width: number
  readonly height: number
  readonly size: string
  /** Texts that need no further check; kept per size, as the same text may fit a large banner and not a small one. */
  readonly inside: Set<string>
  /** How often the canvas was read, and whether text was drawn since. */
  pictures: number
  isChanged: boolean
}

/** A text that has been cut so far. */
interface CutText {
  readonly text: string
  readonly over: Overhang
  readonly places: (readonly [x: number, y: number])[]
  /** The number of pictures that contain it. */
  count: number
  last: readonly [CanvasState, number]
}

export interface TextNotes {
  /** Call after each fillText or strokeText. */
  drawn(context: SKRSContext2D, method: string, args: readonly unknown[], running: OperationContext): void
  /** Call when the canvas was read as a picture. */
  taken(canvas: Canvas): void
  /** Call when a canvas changed its size. */
  resized(): void
}

/** Watches the text on one session's canvases. */
export function makeTextNotes(): TextNotes {
  let cell: CellTexts | undefined
  return {
    drawn(context, method, [text, x, y, maxWidth = Infinity], running) {
      if (typeof text !== 'string' || text.length > MAX_TEXT || text.trim() === '') return
      if (typeof x !== 'number' || typeof y !== 'number' || typeof maxWidth !== 'number') return
      if (!Number.isFinite(x + y) || !(maxWidth > 0)) return
      if (!cell) {
        cell = new CellTexts()
        running.atEnd(() => {
          for (const line of cell?.lines() ?? []) running.note(line)
          cell = undefined
        })
      }
      try {
        cell.checkText({ context, text, x, y, maxWidth, isStroke: method === 'strokeText' })
      } catch {
        // The text was drawn; failing to measure it is no error of the snippet.
      }
    },
    taken: (canvas) => cell?.taken(canvas),
    resized: () => cell?.resized(),
  }
}

class CellTexts {
  readonly #inside = new Map<string, Set<string>>()
  readonly #cut = new Map<string, CutText>()
  #boards = new WeakMap<object, CanvasState>()
  #effort = 0

  checkText(drawn: DrawnText): void {
    const board = this.#boardOf(drawn.context)
    board.isChanged = true
    if (this.#effort >= MAX_EFFORT || board.inside.has(drawn.text)) return
    this.#effort += 1
    if (isClearlyInside(drawn)) return this.#letBe(drawn.text, board)
    this.#effort += MEASURING
    const over = measureOverhang(drawn)
    if (!over) return this.#letBe(drawn.text, board)
    if (isInvisible(drawn, over)) return
    const key = `${board.size} ${drawn.text}`
    const cut = this.#cut.get(key) ?? { text: drawn.text, over, places: [], count: 0, last: [board, -1] }
    this.#cut.set(key, cut)
    recordPlace(cut, over, board)
    if (cut.places.length >= MANY_PLACES) this.#letBe(drawn.text, board)
  }

  taken({ ctx }: Canvas & { readonly ctx?: object }): void {
    const board = ctx && this.#boards.get(ctx)
    if (!board?.isChanged) return
    board.pictures += 1
    board.isChanged = false
  }

  resized(): void {
    this.#boards = new WeakMap()
  }

  #boardOf(context: SKRSContext2D): CanvasState {
    const known = this.#boards.get(context)
    if (known) return known
    const { width, height } = context.canvas
    const size = `${width}x${height}`
    const inside = this.#inside.get(size) ?? new Set()
    this.#inside.set(size, inside)
    const board = { width, height, size, inside, pictures: 0, isChanged: true }
    this.#boards.set(context, board)
    return board
  }

  #letBe(text: string, { size, inside }: CanvasState): void {
    inside.add(text)
    this.#cut.delete(`${size} ${text}`)
  }

  /** At most two lines. */
  lines(): string[] {
    const [first, second, ...others] = [...this.#cut.values()].filter(isReportable)
    if (!first) return []
    if (!second) return [formatNote(first)]
    if (others.length === 0) return [formatNote(first), formatNote(second)]
    return [
      formatNote(first),
      `canvas: ${others.length + 1} more texts are cut by an edge of their canvas, such as ${quoted(second.text)}.`,
    ]
  }
}

/** Text redrawn slightly offset, as an outline or a shadow, counts as the same place. */
function recordPlace(cut: CutText, { x, y, line }: Overhang, board: CanvasState): void {
  if (cut.places.every(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY) > line / 2)) cut.places.push([x, y])
  if (cut.last[0] !== board || cut.last[1] !== board.pictures) cut.count += 1
  cut.last = [board, board.pictures]
}

/** On a canvas that shows frames, only text that stays in place over several is reported. */
function isReportable({ places, count, last: [board] }: CutText): boolean {
  return board.pictures < MANY_PICTURES || (places.length === 1 && count > 1)
}

function formatNote({ text, over, last: [{ size, width, height }] }: CutText): string {
  const sides = (['left', 'right', 'top', 'bottom'] as const).filter((side) => over[side] > 0)
  const names = sides.length > 1 ? `${sides.slice(0, -1).join(', ')} and ${sides.at(-1)} edges` : `${sides[0]} edge`
  if (over.isOutside)
    return `canvas: the text ${quoted(text)} lies wholly outside the canvas of ${size}, beyond the ${names}; its point is at ${Math.round(over.x)}, ${Math.round(over.y)}.`
  const most = Math.round(Math.max(...sides.map((side) => over[side])))
  const head = `canvas: the text ${quoted(text)} runs over the ${names} by ${sides.length > 1 ? 'up to ' : ''}${most} pixels`
  const large = over.width > width ? 'wide' : over.height > height ? 'high' : undefined
  if (large !== undefined) {
    const [length, space] = large === 'wide' ? [over.width, width] : [over.height, height]
    return `${head}: it is ${Math.round(length)} ${large}, the canvas ${space}; measure it (measureText) and take a smaller font, or more lines.`
  }
  if (over.left + over.right > 0) return `${head}; move it, or measure it (measureText) and take a smaller font.`
  return `${head}; move it: y is the position of its textBaseline.`
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 50 ? `${text.slice(0, 49)}…` : text)
}
