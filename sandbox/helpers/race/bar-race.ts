// A bar-chart race, showing a ranking over time, as a looping GIF.
import { createCanvas } from '@napi-rs/canvas'
import { animate, type AnimateOptions } from '../animate.ts'
import { integerIn, numberIn, argumentError } from '../argument.ts'
import type { RawPicture } from '../picture.ts'
import type { Row } from '../table/columns.ts'
import type { Table } from '../table/read-table.ts'
import { reduceGrays } from './grays.ts'
import { drawScene, sceneOf } from './frame-drawing.ts'
import { seriesOf, type Series, type SeriesOptions } from './series.ts'
import { barsAt, coloursOf } from './ranks.ts'
import { titleParts } from './title.ts'
import { noteUnknown, type All } from '../options.ts'

export interface BarRaceOptions extends SeriesOptions {
  /** Number of bars; default 10. */
  top?: number
  /**
   * Text beside the large time. '{time}' in it, or the time in a function's result, determines where the time appears.
   */
  title?: string | ((time: string) => string)
  /** Unit of the values, shown at the axis, such as '亿元'. */
  unit?: string
  /** Pixels; default 1000. */
  width?: number
  /** Pixels; default 600. */
  height?: number
  /** Milliseconds between two times; default 500. */
  delay?: number
  /** Milliseconds that the last frame is shown before the loop restarts; default three times `delay`. */
  hold?: number
  /** Frames between two times; 1 is one frame per time, 10 moves smoothly. */
  steps?: number
  loop?: AnimateOptions['loop']
  quality?: AnimateOptions['quality']
  onProgress?: AnimateOptions['onProgress']
}

const BAR_RACE_OPTIONS: All<BarRaceOptions> = {
  label: true,
  time: true,
  value: true,
  from: true,
  to: true,
  top: true,
  title: true,
  unit: true,
  width: true,
  height: true,
  delay: true,
  hold: true,
  steps: true,
  loop: true,
  quality: true,
  onProgress: true,
}

/**
 * Draws a bar-chart race: horizontal bars sorted at each time, the largest on top, each label in a constant colour,
 * with the time large in the title. Wide tables (one column per time) need no options; long ones need `time` and
 * `value` (several rows for the same label and time are summed). Labels without a value at a time are not shown then;
 * negative values have no bar.
 * @returns a GIF (GIF89a) that loops for ever unless `loop` is set.
 * @throws TypeError when a column does not exist or contains no numbers, or an option is out of range.
 */
export async function barRace(table: Table | readonly Row[], options: BarRaceOptions = {}): Promise<Buffer> {
  noteUnknown('barRace', options, BAR_RACE_OPTIONS)
  const series = seriesOf(table, options)
  const { delay = 500, steps = 1, loop, quality, onProgress } = options
  integerIn('barRace', 'steps', steps, 1, 100)
  numberIn('barRace', 'delay', delay, 20, 600_000, 'milliseconds')
  const hold = numberIn('barRace', 'hold', options.hold ?? delay * 3, 20, 600_000, 'milliseconds')
  const total = (series.times.length - 1) * steps + 1
  const delays = Array.from({ length: total }, (_, i) => (i === total - 1 ? hold : delay / steps))
  return animate(raceFrames(series, options, total), { delay: delays, loop, quality, onProgress })
}

/** Generates the frames of a race as raw pixels. */
export function* raceFrames(series: Series, options: BarRaceOptions, total: number): Generator<RawPicture> {
  const { top = 10, title = '', unit = '', width = 1000, height = 600, steps = 1 } = options
  integerIn('barRace', 'top', top, 1, 50)
  integerIn('barRace', 'width', width, 160, 4000, 'pixels')
  integerIn('barRace', 'height', height, 100, 4000, 'pixels')
  if (typeof title !== 'string' && typeof title !== 'function')
    throw argumentError('barRace', 'title', 'a string or a function of the time', title)
  const largest = Math.max(...[...series.values.values()].flatMap((line) => line.map((value) => Math.abs(value ?? 0))))
  const shown = Math.min(top, series.values.size)
  const scene = sceneOf({ width, height, top: shown, largest, colours: coloursOf(series, shown) })
  const canvas = createCanvas(width, height)
  for (let frame = 0; frame < total; frame++) {
    const time = series.times[Math.round(frame / steps)] ?? ''
    const words = titleParts(typeof title === 'string' ? title : String(title(time)), time)
    drawScene(canvas, scene, barsAt(series, frame / steps, shown), words, unit)
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
    yield { data: reduceGrays(data), info: { width, height, channels: 4 } }
  }
}
