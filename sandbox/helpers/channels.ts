// Cyclic rotation of the colour channels.
import type { Sharp } from 'sharp'
import { integerIn } from './argument.ts'
import type { Picture } from './picture.ts'
import { pipeline, read } from './pixels.ts'

/**
 * Rotates the colour channels: 1 step turns RGB into GBR (the new red is the old green), 2 steps into BRG, 3 steps back
 * into RGB; negative steps rotate the other way. Gray pictures and alpha are unchanged; same size and channels.
 */
export async function cycleChannels(picture: Picture, steps = 1): Promise<Sharp> {
  integerIn('cycleChannels', 'steps', steps, -1e9, 1e9)
  const { data, info } = await read('cycleChannels', picture)
  const { width, height, channels } = info
  const shift = ((steps % 3) + 3) % 3
  if (channels < 3 || shift === 0) return pipeline(data, width, height, channels)
  const [red, green, blue] = [shift % 3, (shift + 1) % 3, (shift + 2) % 3] as const
  const moved = new Uint8Array(data.length)
  for (let p = 0; p < data.length; p += channels) {
    moved[p] = data[p + red]!
    moved[p + 1] = data[p + green]!
    moved[p + 2] = data[p + blue]!
    if (channels === 4) moved[p + 3] = data[p + 3]!
  }
  return pipeline(moved, width, height, channels)
}
