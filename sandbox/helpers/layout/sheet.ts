// A pixel buffer on which gray, RGB and transparent pictures are composed.
import type { Sharp } from 'sharp'
import type { Rgba } from '../colour.ts'
import type { RawPicture } from '../picture.ts'
import { pipeline } from '../pixels.ts'

/** RGB, or RGBA if it has transparency. */
export interface Sheet {
  readonly width: number
  readonly height: number
  readonly channels: 3 | 4
  readonly data: Uint8Array
}

/** A sheet of one colour: RGB unless the colour is transparent. */
export function blankSheet(width: number, height: number, colour: Rgba): Sheet {
  const channels = colour[3] < 255 ? 4 : 3
  const data = new Uint8Array(width * height * channels)
  data.set(colour.slice(0, channels))
  for (let done = channels; done < data.length; done *= 2) data.copyWithin(done, 0, done)
  return { width, height, channels, data }
}

/** A copy of a picture as a sheet: RGB, or RGBA if the picture has alpha. */
export function sheetOf(picture: RawPicture): Sheet {
  const { width, height, channels } = picture.info
  if (channels > 2) return { width, height, channels: channels === 4 ? 4 : 3, data: new Uint8Array(picture.data) }
  const sheet = blankSheet(width, height, [0, 0, 0, channels === 2 ? 0 : 255])
  drawOnSheet(sheet, picture, 0, 0)
  return sheet
}

/**
 * Draws a picture with its upper left corner at x, y; overhanging parts are clipped, alpha is blended (Porter and
 * Duff's over operator).
 */
export function drawOnSheet(sheet: Sheet, { data, info }: RawPicture, x: number, y: number): void {
  const { channels } = info
  const from = Math.max(0, -x)
  const to = Math.min(info.width, sheet.width - x)
  if (from >= to) return
  for (let row = Math.max(0, -y); row < Math.min(info.height, sheet.height - y); row++) {
    const source = (row * info.width + from) * channels
    const target = ((y + row) * sheet.width + x + from) * sheet.channels
    if (channels === 3 && sheet.channels === 3) sheet.data.set(data.subarray(source, source + (to - from) * 3), target)
    else blendRow(sheet, data.subarray(source, source + (to - from) * channels), channels, target)
  }
}

export function sheetPipeline({ data, width, height, channels }: Sheet): Sharp {
  return pipeline(data, width, height, channels)
}

function blendRow(sheet: Sheet, row: Uint8Array | Uint8ClampedArray, channels: number, start: number): void {
  const { data } = sheet
  const green = channels < 3 ? 0 : 1
  for (let p = 0, t = start; p < row.length; p += channels, t += sheet.channels) {
    const alpha = channels % 2 === 1 ? 255 : row[p + channels - 1]!
    if (alpha === 0) continue
    const under = sheet.channels === 3 ? 255 : data[t + 3]!
    const covered = alpha * 255 + under * (255 - alpha)
    const weight = (alpha * 255) / covered
    data[t] = data[t]! + (row[p]! - data[t]!) * weight + 0.5
    data[t + 1] = data[t + 1]! + (row[p + green]! - data[t + 1]!) * weight + 0.5
    data[t + 2] = data[t + 2]! + (row[p + 2 * green]! - data[t + 2]!) * weight + 0.5
    if (sheet.channels === 4) data[t + 3] = covered / 255 + 0.5
  }
}
