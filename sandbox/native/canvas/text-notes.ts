// Tells of text that the edge of its canvas cuts off, once the cell has ended: by then it is known what was meant so.
// A text is let be where it was also drawn wholly inside, or stands at many places (tiles, or it moves through frames).
import type { Context } from '../operation.ts'
import type { Canvas, SKRSContext2D } from './skia.ts'
import { isClearlyInside, isUnseen, type DrawnText, type Overhang, overhangOf } from './text-edges.ts'

/** Looking takes 3 µs, measuring 30: with these, 10,000 texts take some per cent longer. */
const MAX_LOOKED = 1500
const MAX_MEASURED = 200
const MAX_TEXT = 5000
/** A text at so many places is meant to be so. */
const MANY_PLACES = 3
/** A canvas of which so many pictures are taken shows frames, in which what moves and counts is cut for a moment. */
const MANY_PICTURES = 10

/** The pictures that were taken of one canvas. */
interface Pictures {
  count: number
  /** Text was drawn since the last. */
  isChanged: boolean
}

/** A text that was cut, so far. */
interface CutText {
  readonly text: string
  readonly over: Overhang
  readonly canvas: string
  readonly width: number
  readonly places: (readonly [x: number, y: number])[]
  /** In how many pictures it is. */
  count: number
  last: readonly [Pictures, number]
}

export interface TextNotes {
  /** A call of fillText or strokeText was done. */
  drawn(context: SKRSContext2D, method: string, args: readonly unknown[], running: Context): void
  /** A picture was taken of this canvas. */
  taken(canvas: Canvas): void
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
  }
}

class CellTexts {
  readonly #inside = new Set<string>()
  readonly #cut = new Map<string, CutText>()
  readonly #pictures = new WeakMap<object, Pictures>()
  #looked = 0
  #measured = 0

  look(drawn: DrawnText): void {
    if (this.#looked >= MAX_LOOKED) return
    const { canvas } = drawn.context
    const pictures = this.#pictures.get(canvas) ?? { count: 0, isChanged: true }
    pictures.isChanged = true
    this.#pictures.set(canvas, pictures)
    const size = `${canvas.width}x${canvas.height}`
    // By size, too: the same words may fit a large banner and not a small one.
    const key = `${size} ${drawn.text}`
    if (this.#inside.has(key)) return
    this.#looked += 1
    if (isClearlyInside(drawn)) return this.#letBe(key)
    if (this.#measured >= MAX_MEASURED) return
    this.#measured += 1
    const over = overhangOf(drawn)
    if (!over) return this.#letBe(key)
    if (isUnseen(drawn, over)) return
    const cut = this.#cut.get(key) ?? {
      text: drawn.text,
      over,
      canvas: size,
      width: canvas.width,
      places: [],
      count: 0,
      last: [pictures, -1],
    }
    this.#cut.set(key, cut)
    see(cut, over, pictures)
    if (cut.places.length >= MANY_PLACES) this.#letBe(key)
  }

  taken(canvas: object): void {
    const pictures = this.#pictures.get(canvas)
    if (!pictures?.isChanged) return
    pictures.count += 1
    pictures.isChanged = false
  }

  #letBe(key: string): void {
    this.#inside.add(key)
    this.#cut.delete(key)
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
function see(cut: CutText, { x, y, height }: Overhang, pictures: Pictures): void {
  if (cut.places.every(([otherX, otherY]) => Math.hypot(x - otherX, y - otherY) > height / 2)) cut.places.push([x, y])
  if (cut.last[0] !== pictures || cut.last[1] !== pictures.count) cut.count += 1
  cut.last = [pictures, pictures.count]
}

/** Of frames only what stands still in some is told. */
function isMeant({ places, count, last: [pictures] }: CutText): boolean {
  return pictures.count < MANY_PICTURES || (places.length === 1 && count > 1)
}

function lineOf({ text, over, canvas, width }: CutText): string {
  const sides = (['left', 'right', 'top', 'bottom'] as const).filter((side) => over[side] > 0)
  const names = sides.length > 1 ? `${sides.slice(0, -1).join(', ')} and ${sides.at(-1)} edges` : `${sides[0]} edge`
  if (over.isOutside)
    return `canvas: the text ${quoted(text)} lies wholly outside the canvas of ${canvas}, beyond the ${names}; its point is at ${Math.round(over.x)}, ${Math.round(over.y)}.`
  const most = Math.round(Math.max(...sides.map((side) => over[side])))
  const head = `canvas: the text ${quoted(text)} runs over the ${names} by ${sides.length > 1 ? 'up to ' : ''}${most} pixels`
  if (over.width > width)
    return `${head}: it is ${Math.round(over.width)} wide, the canvas ${width}; measure it (measureText) and take a smaller font, or more lines.`
  const isWide = over.left + over.right > 0
  return `${head}; ${isWide ? 'move it, or measure it (measureText) and take a smaller font' : 'move it: y is its baseline (textBaseline)'}.`
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 50 ? `${text.slice(0, 49)}…` : text)
}
