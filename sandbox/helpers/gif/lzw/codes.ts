// Packs codes of growing width into bytes, lowest bit first, in a reusable buffer.

/** The dictionary is full at this many codes. */
export const MAX_CODES = 4096

export interface Codes {
  out: Uint8Array<ArrayBuffer>
  length: number
  held: number
  bits: number
  /** Width of the next code in bits. */
  width: number
  depth: number
  /** Starts a frame whose colour indexes have `depth` bits. */
  begin(depth: number): void
  /** Resets the width after a clear code, and reserves space for the codes until the next one. */
  restart(): void
  /** A copy of the bytes written. */
  end(): Uint8Array
}

export function createCodes(): Codes {
  const codes: Codes = {
    out: new Uint8Array(1 << 16),
    length: 0,
    held: 0,
    bits: 0,
    width: 0,
    depth: 0,
    begin(depth) {
      codes.length = codes.held = codes.bits = 0
      codes.depth = depth
      codes.width = depth + 1
    },
    restart() {
      codes.width = codes.depth + 1
      if (codes.length + 4 * MAX_CODES <= codes.out.length) return
      const wider = new Uint8Array(codes.out.length * 2)
      wider.set(codes.out)
      codes.out = wider
    },
    end() {
      if (codes.bits > 0) codes.out[codes.length++] = codes.held
      return codes.out.slice(0, codes.length)
    },
  }
  return codes
}

export function putCode(codes: Codes, code: number): void {
  let held = codes.held | (code << codes.bits)
  let bits = codes.bits + codes.width
  while (bits >= 8) {
    codes.out[codes.length++] = held
    held >>>= 8
    bits -= 8
  }
  codes.held = held
  codes.bits = bits
}
