// Lays out a sheet of several pictures at the size at which its model sees it, so that it is not shrunk again.
import type { PictureJob } from '../../sandbox/protocol.ts'
import type { Detail } from '../../sessions/event.ts'
import type { Size } from './families.ts'
import { boxFor } from './tokens.ts'

export interface SheetLayout extends Size {
  readonly sheet: NonNullable<PictureJob['sheet']>
}

/** Pixels of the name strip and of the gaps: readable at the size that is sent. */
const STRIPS = { low: { label: 17, gap: 4 }, high: { label: 26, gap: 10 } } as const
const MIN_CELL = 72

/** Lays out upright pictures of these sizes as large as possible, without enlarging any. */
export function layoutOf(sizes: readonly Size[], detail: Detail, model: string): SheetLayout {
  const shape = shapeOf(sizes)
  const strips = STRIPS[detail === 'low' ? 'low' : 'high']
  const whole = Math.max(MIN_CELL, ...sizes.map(({ width, height }) => Math.max(width, Math.round(height * shape))))
  const of = (columns: number, width: number): SheetLayout => {
    const height = Math.max(1, Math.round(width / shape))
    const rows = Math.ceil(sizes.length / columns)
    return {
      width: columns * (width + strips.gap) + strips.gap,
      height: rows * (strips.label + height + strips.gap) + strips.gap,
      sheet: { columns, width, height, ...strips },
    }
  }
  const choices = sizes.map((_, i) => {
    let [fits, exceeds] = [1, whole + 1]
    while (exceeds - fits > 1) {
      const middle = Math.floor((fits + exceeds) / 2)
      if (isWhole(of(i + 1, middle), detail, model)) fits = middle
      else exceeds = middle
    }
    return of(i + 1, fits)
  })
  return choices.reduce((best, one) => (isBetter(one, best) ? one : best))
}

/** Prefers sheets that are not panoramas, which models see badly; then larger cells, then fewer pixels. */
function isBetter(one: SheetLayout, best: SheetLayout): boolean {
  if (isLong(one) !== isLong(best)) return isLong(best)
  const more = one.sheet.width - best.sheet.width
  return more > 0 || (more === 0 && one.width * one.height < best.width * best.height)
}

function isLong({ width, height }: Size): boolean {
  return Math.max(width, height) > 2 * Math.min(width, height)
}

function isWhole({ width, height }: SheetLayout, detail: Detail, model: string): boolean {
  const box = boxFor(model, detail, width, height)
  return box.width >= width && box.height >= height
}

/** The typical aspect ratio: the geometric mean, with each ratio clamped to between 1:3 and 3:1. */
function shapeOf(sizes: readonly Size[]): number {
  const logs = sizes.map(({ width, height }) => Math.log(Math.max(1 / 3, Math.min(3, width / height))))
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length)
}
