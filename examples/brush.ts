// What the example pictures are drawn with: closed curves, dots, lines, gradients and repeatable chance.
import { Path2D, type SKRSContext2D } from '@napi-rs/canvas'

export type Point = readonly [x: number, y: number]

/** Fills a closed curve, given as SVG's path data, and hands it back. */
export function shape(context: SKRSContext2D, data: string): Path2D {
  const path = new Path2D(`${data} Z`)
  context.fill(path)
  return path
}

export function circle(context: SKRSContext2D, [x, y]: Point, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, Math.PI * 2)
  context.fill()
}

export function line(context: SKRSContext2D, colour: string, width: number, from: Point, to: Point): void {
  context.strokeStyle = colour
  context.lineWidth = width
  context.beginPath()
  context.moveTo(...from)
  context.lineTo(...to)
  context.stroke()
}

export function linear(context: SKRSContext2D, from: Point, to: Point, colours: readonly string[]) {
  const gradient = context.createLinearGradient(...from, ...to)
  colours.forEach((colour, i) => gradient.addColorStop(i / (colours.length - 1), colour))
  return gradient
}

export function radial(context: SKRSContext2D, [x, y]: Point, radius: number, colours: readonly string[]) {
  const gradient = context.createRadialGradient(x, y, 0, x, y, radius)
  colours.forEach((colour, i) => gradient.addColorStop(i / (colours.length - 1), colour))
  return gradient
}

/** Numbers of 0..1 that look random and are the same each time (a linear congruential generator, Numerical Recipes). */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
