// Unpacks frames of one to four channels to one number per pixel. Assumes a little-endian machine.
import type { RawFrame } from './frame.ts'

const OPAQUE = 0xff000000

/** Copies a frame to `into` as 0xAABBGGRR pixels with alpha 0 or 255 (0 below 128); true if any is transparent. */
export function unpack({ data, info: { channels } }: RawFrame, into: Int32Array): boolean {
  // Not `slice`, since a Buffer's slice would share its memory.
  const aligned = data.byteOffset % 4 === 0 ? data : new Uint8Array(data)
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2)
  if (channels === 4) return unpackAlpha(words, into)
  if (channels === 2) return unpackGreyAlpha(data, into)
  if (channels === 1) for (let i = 0; i < into.length; i++) into[i] = OPAQUE | (data[i]! * 0x010101)
  else unpackColour(words, data, into)
  return false
}

/** Four pixels are three words. */
function unpackColour(words: Uint32Array, data: RawFrame['data'], into: Int32Array) {
  const whole = into.length & ~3
  for (let i = 0, at = 0; i < whole; i += 4, at += 3) {
    const [a, b, c] = [words[at]!, words[at + 1]!, words[at + 2]!]
    into[i] = OPAQUE | a
    into[i + 1] = OPAQUE | (b << 8) | (a >>> 24)
    into[i + 2] = OPAQUE | (c << 16) | (b >>> 16)
    into[i + 3] = OPAQUE | (c >>> 8)
  }
  for (let i = whole, at = whole * 3; i < into.length; i++, at += 3) {
    into[i] = OPAQUE | (data[at + 2]! << 16) | (data[at + 1]! << 8) | data[at]!
  }
}

function unpackAlpha(words: Uint32Array, into: Int32Array): boolean {
  let seen = -1
  for (let i = 0; i < into.length; i++) {
    const pixel = words[i]! | 0
    const mask = pixel >> 31
    into[i] = (pixel | OPAQUE) & mask
    seen &= mask
  }
  return seen === 0
}

function unpackGreyAlpha(data: RawFrame['data'], into: Int32Array): boolean {
  let holes = false
  for (let i = 0; i < into.length; i++) {
    const seen = data[i * 2 + 1]! >= 128
    into[i] = seen ? OPAQUE | (data[i * 2]! * 0x010101) : 0
    holes ||= !seen
  }
  return holes
}
