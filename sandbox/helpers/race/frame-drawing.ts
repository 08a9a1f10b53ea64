// The layout of a bar race and the drawing of one frame. Flat colours and whole pixels keep GIFs small.
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import { INK } from '../palette.ts'
import { fontOf, createRuler } from '../layout/text.ts'
import type { Bar } from './ranks.ts'
import { drawTitle, type TitlePart } from './title.ts'

/** The layout shared by all frames, in pixels. */
export interface Scene {
  readonly width: number
  readonly height: number
  /** Scale factor relative to the 1000 x 600 reference drawing. */
  readonly unit: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly slot: number
  readonly labelSize: number
  readonly colours: ReadonlyMap<string, string>
  readonly write: (value: number) => string
}

export interface SceneOptions {
  readonly width: number
  readonly height: number
  readonly top: number
  readonly largest: number
  readonly colours: ReadonlyMap<string, string>
}

/** Reserves space for labels at the left and numbers at the right, so that nothing is cut off or jumps. */
export function sceneOf({ width, height, top, largest, colours }: SceneOptions): Scene {
  const unit = Math.min(width / 1000, height / 600)
  const topEdge = Math.round(142 * unit)
  const bottom = Math.round(height - 20 * unit)
  const slot = (bottom - topEdge) / top
  const write = figureFormat(largest)
  const widthOf = createRuler()
  const widest = Math.max(...[...colours.keys()].map(widthOf))
  const labelSize = Math.max(6, Math.floor(Math.min(slot * 0.5, Math.max(14, 21 * unit), (width * 0.34) / widest)))
  const figures = createRuler(true)(write(largest).replace(/\d/g, '0')) * labelSize
  const left = Math.round(28 * unit + widest * labelSize + 10 * unit)
  return {
    width,
    height,
    unit,
    left,
    right: Math.round(width - 28 * unit - figures - 8 * unit),
    top: topEdge,
    bottom,
    slot,
    labelSize,
    colours,
    write,
  }
}

/** Draws one frame. */
export function drawScene(
  canvas: Canvas,
  scene: Scene,
  bars: readonly Bar[],
  title: readonly TitlePart[],
  unit: string,
): void {
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, scene.width, scene.height)
  drawTitle(
    context,
    title,
    { x: 28 * scene.unit, baseline: 82 * scene.unit, width: scene.width - 56 * scene.unit },
    scene.unit,
  )
  const largest = Math.max(...bars.map(({ value }) => value), 0)
  drawAxis(context, scene, largest, unit)
  context.save()
  context.beginPath()
  context.rect(0, scene.top, scene.width, scene.bottom - scene.top)
  context.clip()
  for (const bar of bars) drawBar(context, scene, bar, largest)
  context.restore()
}

function drawAxis(context: SKRSContext2D, scene: Scene, largest: number, unit: string): void {
  const { left, right, top, bottom } = scene
  const size = Math.max(10, Math.round(14 * scene.unit))
  const baseline = Math.round(top - 10 * scene.unit)
  context.font = fontOf(size)
  context.textBaseline = 'alphabetic'
  if (unit !== '') {
    context.fillStyle = INK.quiet
    context.textAlign = 'right'
    context.fillText(unit, Math.round(scene.width - 28 * scene.unit), baseline)
  }
  const step =
    largest > 0 ? roundStep(largest, Math.max(2, Math.min(6, Math.floor((right - left) / (110 * scene.unit))))) : 1
  const write = figureFormat(Math.max(step, largest >= 1000 ? 1000 : step))
  const line = Math.max(1, Math.round(scene.unit))
  context.textAlign = 'center'
  for (let i = 0; i * step <= largest * 0.999 || i === 0; i++) {
    const x = Math.round(left + (largest > 0 ? ((i * step) / largest) * (right - left) : 0))
    context.fillStyle = INK.line
    context.fillRect(x, top, line, bottom - top)
    context.fillStyle = INK.quiet
    context.fillText(write(i * step), x, baseline)
  }
}

function drawBar(context: SKRSContext2D, scene: Scene, { label, value, place }: Bar, largest: number): void {
  const { left, right, slot, labelSize, unit } = scene
  const middle = scene.top + (place + 0.5) * slot
  const top = Math.round(middle - slot * 0.38)
  const height = Math.max(1, Math.round(slot * 0.76))
  const length = largest > 0 ? Math.max(0, Math.round((value / largest) * (right - left))) : 0
  context.fillStyle = scene.colours.get(label) ?? INK.quiet
  context.fillRect(left, top, Math.max(length, Math.round(2 * unit)), height)
  const baseline = Math.round(top + height / 2 + labelSize * 0.36)
  context.font = fontOf(labelSize)
  context.fillStyle = INK.strong
  context.textAlign = 'right'
  context.fillText(label, Math.round(left - 10 * unit), baseline)
  context.font = fontOf(labelSize, true)
  context.textAlign = 'left'
  context.fillText(scene.write(value), Math.round(left + length + 8 * unit), baseline)
}

/** A formatter for values of one kind: commas between thousands, decimals depending on the largest value. */
export function figureFormat(largest: number): (value: number) => string {
  const decimals = largest >= 1000 || largest === 0 ? 0 : Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(largest))))
  return (value) => {
    const [whole = '0', rest] = Math.abs(value).toFixed(decimals).split('.')
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
    return `${value < 0 ? '-' : ''}${grouped}${rest ? `.${rest}` : ''}`
  }
}

/** A round step (1, 2 or 5 times a power of ten) that divides 0..largest into at most `parts`. */
export function roundStep(largest: number, parts: number): number {
  const rough = largest / parts
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 5, 10].find((n) => n * power >= rough * (1 - 1e-9)) ?? 10
  return factor * power
}
