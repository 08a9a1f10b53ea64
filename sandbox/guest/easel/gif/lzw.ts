// Colour numbers to GIF's variable-length LZW codes, greedily: the quick coder.

/** The dictionary is full at this many codes. */
export const MOST_CODES = 4096
const TABLE_BITS = 13
const TABLE_MASK = (1 << TABLE_BITS) - 1

export interface Lzw {
  /** Starts a frame; `depth` is GIF's minimum code size, 2 to 8. */
  begin(depth: number): void
  feed(indices: Uint8Array, size: number): void
  end(): Uint8Array
}

/**
 * LZW (T. A. Welch, "A technique for high-performance data compression", 1984) as GIF89a appendix F has it: codes of
 * `depth + 1` to 12 bits, lowest bit first, a clear code at the start and when the dictionary is full.
 */
export function createLzw(): Lzw {
  const table = new Int32Array(1 << TABLE_BITS)
  let out = new Uint8Array(1 << 16)
  let [clear, width, next, prefix, held, bits, length] = [0, 0, 0, -1, 0, 0, 0]
  const put = (code: number) => {
    held |= code << bits
    bits += width
    while (bits >= 8) {
      out[length++] = held
      held >>>= 8
      bits -= 8
    }
  }
  const reset = () => {
    table.fill(0)
    width = Math.log2(clear) + 1
    next = clear + 2
    if (length + 4 * MOST_CODES > out.length) out = doubled(out)
  }
  return {
    begin(depth) {
      clear = 1 << depth
      ;[prefix, held, bits, length] = [-1, 0, 0, 0]
      reset()
      put(clear)
    },
    feed(indices, size) {
      let i = 0
      let phrase = prefix < 0 ? indices[i++]! : prefix
      for (; i < size; i++) {
        const key = (phrase << 8) | indices[i]!
        let slot = Math.imul(key, 0x9e3779b1) >>> (32 - TABLE_BITS)
        let entry = table[slot]!
        while (entry !== 0 && entry >>> 12 !== key) {
          slot = (slot + 1) & TABLE_MASK
          entry = table[slot]!
        }
        if (entry !== 0) {
          phrase = entry & 4095
          continue
        }
        put(phrase)
        phrase = indices[i]!
        if (next < MOST_CODES) {
          table[slot] = (key << 12) | next
          if (next === 1 << width) width++
          next++
        } else {
          put(clear)
          reset()
        }
      }
      prefix = phrase
    },
    end() {
      put(prefix)
      // The decoder adds an entry for the last code too, and may widen before the end code.
      if (next === 1 << width && width < 12) width++
      put(clear + 1)
      if (bits > 0) out[length++] = held
      return out.slice(0, length)
    },
  }
}

/** A buffer of twice the size with the same start. */
export function doubled(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const wider = new Uint8Array(bytes.length * 2)
  wider.set(bytes)
  return wider
}
