// Frames on a pipe: four bytes of length (big endian), then that much JSON in UTF-8.
import { parseJson } from './bounded-json.ts'

/** A longer frame is a broken or hostile peer. */
const MAX_FRAME = 4_000_000

/** Encodes one frame. */
export function encodeFrame(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value))
  const frame = Buffer.allocUnsafe(4 + json.length)
  frame.writeUInt32BE(json.length, 0)
  json.copy(frame, 4)
  return frame
}

/** Collects chunks and passes on each frame's value; throws on one that is too long, too complex or not JSON. */
export function createFrameReader(onFrame: (value: unknown) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let collected = 0
  let wanted = 4
  return (chunk) => {
    parts.push(chunk)
    collected += chunk.length
    if (collected < wanted) return
    const all = parts.length === 1 ? chunk : Buffer.concat(parts)
    let at = 0
    for (wanted = 4; all.length - at >= wanted;) {
      const size = all.readUInt32BE(at)
      if (size > MAX_FRAME) throw new Error(`A frame of ${size} bytes; the limit is ${MAX_FRAME}.`)
      wanted = 4 + size
      if (all.length - at < wanted) break
      const json = all.subarray(at + 4, at + wanted)
      at += wanted
      wanted = 4
      onFrame(parseJson(json))
    }
    parts = [all.subarray(at)]
    collected = all.length - at
  }
}
