// Decompresses LZ4: blocks (Parquet's LZ4_RAW) and frames (Arrow, Feather). No package that is here does it.
// https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md and lz4_Frame_format.md; checksums are not verified.

/** Decompresses one block of known size. @throws Error when it is damaged. */
export function lz4Block(input: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size)
  if (decodeBlock(input, output, 0) !== size) throw new Error('LZ4 block is damaged')
  return output
}

/** Decompresses a frame. @throws Error when it is damaged. */
export function lz4Frame(input: Uint8Array): Uint8Array {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  if (input.length < 7 || view.getUint32(0, true) !== 0x18_4d_22_04) throw new Error('no LZ4 frame')
  const flags = input[4]!
  const hasSize = (flags & 8) !== 0
  const largest = 1 << (8 + 2 * ((input[5]! >> 4) & 7))
  let output = new Uint8Array(hasSize ? Number(view.getBigUint64(6, true)) : largest)
  let at = 7 + (hasSize ? 8 : 0) + ((flags & 1) === 0 ? 0 : 4)
  let length = 0
  for (;;) {
    const header = view.getUint32(at, true)
    at += 4
    if (header === 0) return output.subarray(0, length)
    const size = header & 0x7f_ff_ff_ff
    const block = input.subarray(at, at + size)
    if (output.length < length + largest && !hasSize) {
      const larger = new Uint8Array(Math.max(output.length * 2, length + largest))
      larger.set(output)
      output = larger
    }
    // The high bit: the block is stored as it is.
    if (header >>> 31 === 1) {
      output.set(block, length)
      length += block.length
    } else length = decodeBlock(block, output, length)
    at += size + ((flags & 16) === 0 ? 0 : 4)
  }
}

/** Writes a block to `output` from `start` on, with matches into what is there; returns where it ends. */
function decodeBlock(input: Uint8Array, output: Uint8Array, start: number): number {
  let at = 0
  let out = start
  while (at < input.length) {
    const token = input[at++]!
    let literals = token >> 4
    if (literals === 15) {
      let more = 255
      while (more === 255) literals += more = input[at++]!
    }
    if (at + literals > input.length || out + literals > output.length) throw new Error('LZ4 block is damaged')
    output.set(input.subarray(at, at + literals), out)
    at += literals
    out += literals
    if (at >= input.length) return out
    const offset = input[at]! | (input[at + 1]! << 8)
    at += 2
    let length = (token & 15) + 4
    if (length === 19) {
      let more = 255
      while (more === 255) length += more = input[at++]!
    }
    if (offset === 0 || offset > out || out + length > output.length) throw new Error('LZ4 block is damaged')
    for (const end = out + length; out < end; out++) output[out] = output[out - offset]!
  }
  return out
}
