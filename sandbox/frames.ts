// Frames on a pipe: four bytes of length (big endian), then that much JSON in UTF-8.

/** A longer frame is a broken or hostile peer. */
export const LONGEST_FRAME = 4_000_000

/** One frame's bytes. */
export function encodeFrame(value: unknown): Buffer {
  const json = Buffer.from(JSON.stringify(value))
  const frame = Buffer.allocUnsafe(4 + json.length)
  frame.writeUInt32BE(json.length, 0)
  json.copy(frame, 4)
  return frame
}

/** Collects chunks and hands on each whole frame's value; throws on a frame that is too long or not JSON. */
export function createFrameReader(onFrame: (value: unknown) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    let at = 0
    while (rest.length - at >= 4) {
      const size = rest.readUInt32BE(at)
      if (size > LONGEST_FRAME) throw new Error(`A frame of ${size} bytes; the limit is ${LONGEST_FRAME}.`)
      if (rest.length - at - 4 < size) break
      const json = rest.toString('utf8', at + 4, at + 4 + size)
      at += 4 + size
      onFrame(JSON.parse(json))
    }
    rest = rest.subarray(at)
  }
}
