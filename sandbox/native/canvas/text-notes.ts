// Tells of text that the edge of its canvas cuts off, once the cell has ended: by then it is known what was meant so.
// A text is let be where it was also drawn wholly inside, or stands at many places (tiles, or it moves through frames).
import type { Context } from '../operation.ts'
import type { Canvas, SKRSContext2D } from './skia.ts'
import { isClearlyInside, isUnseen, type DrawnText, type Overhang, overhangOf } from './text-edges.ts'

/** Of one cell; looking is one, 5 to 10 µs. So 10,000 texts take some 5 % longer, and no more for the next 10,000. */
const MAX_EFFORT = 500
const MEASURING = 5
const MAX_TEXT = 5000
/** A text at so many places is meant to be so. */
const MANY_PLACES = 3
/** A canvas of which so many pictures are taken shows frames, in which what moves and counts is cut for a moment. */
const MANY_PICTURES = 10

/** One canvas of a cell. */
interface Board {
  readonly width: number
  readonly height: number
  readonly size: string
  /** What need not be looked at again. By size, as the same words may fit a large banner and not a small one. */
  readonly inside: Set<string>
  /** How many pictures were taken of it, and whether text was drawn since the last. */
  pictures: number
  isChanged: boolean
}

/** A text that was cut, so far. */
interface CutText {
  readonly text: string
  readonly over: Overhang
  readonly places: (readonly [x: number, y: number])[]
  /** In how many pictures it is. */
  count: number
  last: readonly [Board, number]
}

export interface TextNotes {
  /** A call of fillText or strokeText was done. */
  drawn(context: SKRSContext2D, method: string, args: readonly unknown[], running: Context): void
  /** A picture was taken of this canvas. */
  taken(canvas: Canvas): void
  /** A canvas has a new size. */
  resized(): void
}

/** Watches the text of one session's canvases. */
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
        cell.look({ context, text, x, y, maxWidth, isStroke: method === 'strokeText' })
      } catch {
        // The text was drawn; that it cannot be measured is no error of the snippet.
      }
    },
    taken: (canvas) => cell?.taken(canvas),
    resized: () => cell?.resized(),
  }
}

class CellTexts {
  readonly #inside = new Map<string, Set<string>>()
  readonly #cut = new Map<string, CutText>()
  #boards = new WeakMap<object, Board>()
  #effort = 0

  look(drawn: DrawnText): void {
    const board = this.#boardOf(drawn.context)
    board.isChanged = true
    if (this.#effort >= MAX_EFFORT || board.inside.has(drawn.text)) return
    this.#effort += 1
    if (isClearlyInside(drawn)) return this.#letBe(drawn.text, board)
    this.#effort += MEASURING
    const over = overhangOf(drawn)
    if (!over) return this.#letBe(drawn.text, board)
    if (isUnseen(drawn, over)) return
    const key = `${board.size} ${drawn.text}`
    const cut = this.#cut.get(key) ?? { text: drawn.text, over, places: [], count: 0, last: [board, -1] }
    this.#cut.set(key, cut)
    see(cut, over, board)
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

  #boardOf(context: SKRSContext2D): Board {
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

  #letBe(text: string, { size, inside }: Board): void {
    inside.add(text)
    this.#cut.delete(`${size} ${text}`)
  }

  /** At most two. */
  lines(): string[] {
    const [first, second, ...others] = [...this.#cut.values()].filter(isMeant)
    if (!first) return []
    if (!second) return [lineOf(first)]
    if (others.length === 0) return [lineOf(first), lineOf(second)]
    return [
      lineOf(first),
      `canvas: ${others.length + 1} more texts are cut by an edge of their canvas, such as ${quoted(second.text)}.`,
    ]
  }
}

/** A text that is drawn again a little beside, as an outline or a shadow, stands at the same place. */
function see(cut: CutText, { x, y, line }: Overhang, board: Board): void {
  if (cut.places.every(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY) > line / 2)) cut.places.push([x, y])
  if (cut.last[0] !== board || cut.last[1] !== board.pictures) cut.count += 1
  cut.last = [board, board.pictures]
}

/** Of frames only what stands still in some is told. */
function isMeant({ places, count, last: [board] }: CutText): boolean {
  return board.pictures < MANY_PICTURES || (places.length === 1 && count > 1)
}

function lineOf({ text, over, last: [{ size, width, height }] }: CutText): string {
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
  return `${head}; move it: y is where it stands by textBaseline.`
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 50 ? `${text.slice(0, 49)}…` : text)
}
