// Writes the GIF89a file around the coded frames (CompuServe, "Graphics Interchange Format, Version 89a", 1990).
import type { CodedFrame } from './frame.ts'

export interface GifFile {
  readonly width: number
  readonly height: number
  /** Number of times it plays; 0 for ever. */
  readonly loop: number
  /** Hundredths of a second per frame. */
  readonly delays: readonly number[]
  readonly frames: readonly CodedFrame[]
  /** The colours of frames without a local table; empty if there are none. */
  readonly shared: Uint8Array
}

/** Assembles the bytes of the file. */
export function assemble({ width, height, loop, delays, frames, shared }: GifFile): Uint8Array {
  // Old readers require a global table: if no palette is shared, the first frame's table becomes global.
  const isShared = frames.some((frame) => frame.palette === undefined)
  const table = isShared ? shared : (frames[0]?.palette ?? shared)
  const global = tableOf(table)
  const parts: Uint8Array[] = [
    lettersOf('GIF89a'),
    Uint8Array.from([...word(width), ...word(height), 0xf0 | (bitsOf(global) - 1), 0, 0]),
    global,
  ]
  if (frames.length > 1 && loop !== 1) parts.push(loopOf(loop))
  frames.forEach((frame, n) => {
    const local = frame.palette === undefined || frame.palette === table ? undefined : tableOf(frame.palette)
    parts.push(headerOf(frame, delays[n]!, local))
    if (local) parts.push(local)
    parts.push(blocksOf(frame))
  })
  parts.push(Uint8Array.of(0x3b))
  return joined(parts)
}

function lettersOf(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

function word(value: number): number[] {
  return [value & 255, value >> 8]
}

/** A colour table padded to 2, 4, ... 256 colours, with space for a transparent entry after the palette's. */
function tableOf(palette: Uint8Array): Uint8Array {
  let colours = 2
  while (colours < 256 && colours * 3 < palette.length + 3) colours *= 2
  const table = new Uint8Array(colours * 3)
  table.set(palette)
  return table
}

function bitsOf(table: Uint8Array): number {
  return Math.log2(table.length / 3)
}

/** Netscape's looping extension stores the number of repetitions after the first play. */
function loopOf(loop: number): Uint8Array {
  const name = lettersOf('NETSCAPE2.0')
  return Uint8Array.from([0x21, 0xff, 11, ...name, 3, 1, ...word(loop === 0 ? 0 : Math.min(loop - 1, 65535)), 0])
}

/** Graphic control extension and image descriptor. */
function headerOf(
  { rect, disposes, transparent }: CodedFrame,
  delay: number,
  local: Uint8Array | undefined,
): Uint8Array {
  const control = ((disposes ? 2 : 1) << 2) | (transparent >= 0 ? 1 : 0)
  return Uint8Array.from([
    ...[0x21, 0xf9, 4, control, ...word(delay), Math.max(transparent, 0), 0],
    ...[0x2c, ...word(rect.x), ...word(rect.y), ...word(rect.width), ...word(rect.height)],
    local ? 0x80 | (bitsOf(local) - 1) : 0,
  ])
}

/** The minimum code size, then the codes in sub-blocks of at most 255 bytes. */
function blocksOf({ depth, data }: CodedFrame): Uint8Array {
  const blocks = Math.ceil(data.length / 255)
  const bytes = new Uint8Array(data.length + blocks + 2)
  bytes[0] = depth
  let at = 1
  for (let from = 0; from < data.length; from += 255) {
    const block = data.subarray(from, from + 255)
    bytes[at] = block.length
    bytes.set(block, at + 1)
    at += block.length + 1
  }
  return bytes
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
