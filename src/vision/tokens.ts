// Computes a picture's tokens before it is sent, and the size to which its model would shrink it, the most to send.
import type { Detail } from '../../sessions/event.ts'
import { familyOf, type Rule, type Size } from './families.ts'

/** Longer side in pixels of pictures sent at detail low. */
export const LOW_SIDE = 512
/** Longer side in pixels for rules that name no size. */
const MAX_LENGTH = 3072
const TILE = 512

/** Estimates the tokens of a picture sent at this size by the documented formula; `auto` counts as `high`. */
export function tokens(width: number, height: number, detail: Detail, model: string): number {
  const { rule } = familyOf(model)
  const size = boxFor(model, detail, width, height)
  switch (rule.kind) {
    case 'tiles':
      return detail === 'low' ? rule.base : rule.base + rule.tile * squares(size, TILE)
    case 'patches':
      return roundUp(Math.min(squares(size, rule.side), rule.most) * rule.factor)
    case 'crops': {
      if (size.width <= 384 && size.height <= 384) return rule.tile
      const side = Math.max(256, Math.min(768, Math.floor(Math.min(size.width, size.height) / 1.5)))
      return rule.tile * squares(size, side)
    }
    case 'fixed':
      return detail === 'low' ? rule.low : rule.high
  }
}

/** Avoids floating-point excess: 150 patches at 1.62 are exactly 243. */
function roundUp(product: number): number {
  return Math.ceil(product - 1e-6)
}

/** The size at which the model sees an upright picture; never larger, at `low` at most 512 pixels a side. */
export function boxFor(model: string, detail: Detail, width: number, height: number): Size {
  const low = detail === 'low' ? limitLongestSide({ width, height }, LOW_SIDE) : { width, height }
  return fitToRule(familyOf(model).rule, low)
}

function fitToRule(rule: Rule, size: Size): Size {
  if (rule.kind === 'tiles') {
    const inside = limitLongestSide(size, 2048)
    return scaleSize(inside, Math.min(1, 768 / Math.min(inside.width, inside.height)))
  }
  if (rule.kind !== 'patches') return limitLongestSide(size, MAX_LENGTH)
  const inside = limitLongestSide(size, rule.longest)
  if (squares(inside, rule.side) <= rule.most) return inside
  return rule.stepwise ? shrinkToPatches(inside, rule) : largest(inside, rule)
}

/** OpenAI's method: scaled to the total area of the patches, then so that whole patches fit. */
function shrinkToPatches({ width, height }: Size, { side, most }: Extract<Rule, { kind: 'patches' }>): Size {
  const scale = Math.sqrt((side * side * most) / (width * height))
  const whole = (length: number): number => Math.floor((length * scale) / side) / ((length * scale) / side)
  const adjusted = scale * Math.min(whole(width), whole(height))
  // A strip narrower than a patch has no whole patch.
  if (adjusted === 0) return largest({ width, height }, { side, most })
  return scaleSize({ width, height }, adjusted)
}

/** Claude's method: the largest size of the same aspect ratio that at most `most` patches cover. */
function largest(size: Size, { side, most }: { readonly side: number; readonly most: number }): Size {
  const long = Math.max(size.width, size.height)
  let [fits, exceeds] = [1, long + 1]
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2)
    if (squares(scaleSize(size, middle / long), side) <= most) fits = middle
    else exceeds = middle
  }
  return scaleSize(size, fits / long)
}

function limitLongestSide(size: Size, longest: number): Size {
  return scaleSize(size, Math.min(1, longest / Math.max(size.width, size.height)))
}

function scaleSize({ width, height }: Size, by: number): Size {
  return { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) }
}

function squares({ width, height }: Size, side: number): number {
  return Math.ceil(width / side) * Math.ceil(height / side)
}
