// The title of a race, with the time in large type.
import type { SKRSContext2D } from '@napi-rs/canvas'
import { INK } from '../palette.ts'
import { fontOf, createRuler } from '../layout/text.ts'

/** A part of the title; the time is large. */
export interface TitlePart {
  readonly text: string
  readonly large: boolean
}

/** Splits a title at the time in it (or '{time}'); if there is none, the time comes first. */
export function titleParts(title: string, time: string): TitlePart[] {
  const written = title.replaceAll('{time}', time)
  const at = written.indexOf(time)
  if (time === '') return [{ text: written.trim(), large: false }]
  if (at < 0) return parts(['', time, written])
  return parts([written.slice(0, at), time, written.slice(at + time.length)])
}

/** Draws the parts on one baseline, shrinking them together until they fit. */
export function drawTitle(
  context: SKRSContext2D,
  title: readonly TitlePart[],
  space: { x: number; baseline: number; width: number },
  unit: number,
): void {
  const widthOf = createRuler(true)
  const natural = title.map(({ text, large }) => widthOf(text) * sizeOf(large, unit))
  const gap = 16 * unit
  const total = natural.reduce((sum, width) => sum + width, gap * (title.length - 1))
  const shrink = Math.min(1, space.width / total)
  let x = space.x
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  title.forEach(({ text, large }, i) => {
    context.font = fontOf(Math.max(6, Math.floor(sizeOf(large, unit) * shrink)), true)
    context.fillStyle = large ? INK.strong : INK.text
    context.fillText(text, Math.round(x), Math.round(space.baseline))
    x += (natural[i]! + gap) * shrink
  })
}

function sizeOf(large: boolean, unit: number): number {
  return (large ? 64 : 28) * unit
}

function parts([before, time, after]: readonly [string, string, string]): TitlePart[] {
  return [
    { text: before.trim(), large: false },
    { text: time, large: true },
    { text: after.trim(), large: false },
  ].filter(({ text }) => text !== '')
}
