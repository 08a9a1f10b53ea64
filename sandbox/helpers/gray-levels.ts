// Histogram-based functions: histograms, Otsu's threshold, percentiles. Exact for 8-bit levels.
import type { Sharp } from 'sharp'
import { numberIn } from './argument.ts'
import type { Picture, RawPicture } from './picture.ts'
import { luminance, pipeline, read } from './pixels.ts'
import { noteUnknown, type All } from './options.ts'

/** Number of pixels at each level 0..255; for a gray picture all four arrays are the same. */
export interface Histogram {
  readonly red: number[]
  readonly green: number[]
  readonly blue: number[]
  /** Luma of Rec. 601 (see `luminance`). */
  readonly luminance: number[]
}

/** Counts the pixels at each level of each channel: four arrays of 256 integers. Transparency is ignored. */
export async function histogram(picture: Picture): Promise<Histogram> {
  const raw = await read('histogram', picture)
  const at = (channel: number) => [...countChannel(raw, raw.info.channels < 3 ? 0 : channel)]
  return { red: at(0), green: at(1), blue: at(2), luminance: [...count(luminance(raw))] }
}

/**
 * Otsu's threshold (0..255) of the picture's luma: the level that splits it into two classes with the largest
 * between-class variance; of several, the lowest, as in OpenCV. Otsu, "A threshold selection method from gray-level
 * histograms", 1979.
 */
export async function otsuThreshold(picture: Picture): Promise<number> {
  return bestThreshold(count(luminance(await read('otsuThreshold', picture))))
}

/** One channel, same size: 255 where the luma is above Otsu's threshold, else 0. See `otsuThreshold`. */
export async function otsu(picture: Picture): Promise<Sharp> {
  const raw = await read('otsu', picture)
  const gray = luminance(raw)
  const threshold = bestThreshold(count(gray))
  for (let i = 0; i < gray.length; i++) gray[i] = gray[i]! > threshold ? 255 : 0
  return pipeline(gray, raw.info.width, raw.info.height, 1)
}

/** Percentiles (0..100) that are mapped to black and white. */
export interface StretchOptions {
  low?: number
  high?: number
}

const STRETCH_OPTIONS: All<StretchOptions> = { low: true, high: true }

/**
 * Stretches contrast linearly so that the `low` percentile over all channels becomes 0 and the `high` one 255 (NumPy's
 * percentile, scikit-image's rescale_intensity; results are rounded). Same size and channels; alpha is unchanged.
 */
export async function contrastStretch(picture: Picture, options: StretchOptions = {}): Promise<Sharp> {
  noteUnknown('contrastStretch', options, STRETCH_OPTIONS)
  const { low = 2, high = 98 } = options
  numberIn('contrastStretch', 'low', low, 0, 100, 'percent')
  numberIn('contrastStretch', 'high', high, low, 100, 'percent')
  const raw = await read('contrastStretch', picture)
  const { width, height, channels } = raw.info
  const colours = channels < 3 ? 1 : 3
  const counts = new Uint32Array(256)
  for (let channel = 0; channel < colours; channel++)
    countChannel(raw, channel).forEach((n, level) => (counts[level]! += n))
  const from = percentile(counts, low)
  const to = percentile(counts, high)
  const ramp = Uint8Array.from({ length: 256 }, (_, v) => {
    if (to <= from) return v
    return Math.round(Math.min(1, Math.max(0, (v - from) / (to - from))) * 255)
  })
  return pipeline(mapped(raw, ramp, colours), width, height, channels)
}

/** The `percent` percentile of counted levels, interpolated linearly as NumPy does by default. */
export function percentile(counts: Uint32Array, percent: number): number {
  const total = counts.reduce((sum, n) => sum + n, 0)
  const position = (percent / 100) * (total - 1)
  const below = levelAt(counts, Math.floor(position))
  const above = levelAt(counts, Math.ceil(position))
  return below + (above - below) * (position - Math.floor(position))
}

function levelAt(counts: Uint32Array, rank: number): number {
  let seen = 0
  for (let level = 0; level < 256; level++) {
    seen += counts[level]!
    if (seen > rank) return level
  }
  return 255
}

function bestThreshold(counts: Uint32Array): number {
  let total = 0
  let sum = 0
  for (let level = 0; level < 256; level++) {
    total += counts[level]!
    sum += level * counts[level]!
  }
  let best = 0
  let bestVariance = -1
  let weight = 0
  let below = 0
  for (let level = 0; level < 256; level++) {
    weight += counts[level]!
    below += level * counts[level]!
    if (weight === 0) continue
    if (weight === total) break
    const distance = below / weight - (sum - below) / (total - weight)
    const variance = weight * (total - weight) * distance * distance
    if (variance > bestVariance * (1 + 1e-12)) {
      bestVariance = variance
      best = level
    }
  }
  return best
}

function mapped({ data, info: { channels } }: RawPicture, ramp: Uint8Array, colours: number): Uint8Array {
  const result = new Uint8Array(data.length)
  if (colours === channels) for (let i = 0; i < data.length; i++) result[i] = ramp[data[i]!]!
  else for (let i = 0; i < data.length; i++) result[i] = i % channels < colours ? ramp[data[i]!]! : data[i]!
  return result
}

function count(levels: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256)
  for (let i = 0; i < levels.length; i++) counts[levels[i]!]!++
  return counts
}

function countChannel({ data, info: { channels } }: RawPicture, channel: number): Uint32Array {
  const counts = new Uint32Array(256)
  for (let i = channel; i < data.length; i += channels) counts[data[i]!]!++
  return counts
}
