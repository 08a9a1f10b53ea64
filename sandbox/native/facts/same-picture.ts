// Whether a picture that a cell made has exactly the pixels of a file that was there before: an edit that did nothing.
import sharp from 'sharp'
import type { FileInfo } from '../../protocol.ts'

/** What changes pixels, as far as words tell. A cell without them may be to give a picture another format. */
const EDITS =
  /\.(?:composite|joinChannel|boolean|blur|sharpen|median|modulate|linear|recomb|tint|negate|gr[ae]yscale|threshold|normali[sz]e|clahe|convolve|gamma|flatten|trim|extract|resize|extend|affine|draw\w+|put\w+|fill\w*|stroke\w*)\(/

/** Whether a snippet is more than a change of format. */
export function isEdit(code: string): boolean {
  return EDITS.test(code)
}

const digests = new WeakMap<FileInfo, string>()

/** Keeps the digest of a picture's measured copy beside its card. */
export function rememberDigest(card: FileInfo, digest: string): void {
  digests.set(card, digest)
}

/** More take long to compare. */
const MAX_PIXELS = 40_000_000
const MAX_KNOWN = 500

export interface SamePictures {
  /** The bytes of a blob have this card. */
  know(blob: string, card: FileInfo): void
  /** The name among `others` of a file with the pixels of a known blob; undefined where none has. */
  find(
    blob: string,
    others: ReadonlyMap<string, { readonly blob: string }>,
    changed: ReadonlySet<string>,
  ): Promise<string | undefined>
}

/** `read`: the bytes of a file by name, of a blob that it holds. */
export function createSamePictures(read: (name: string) => Uint8Array): SamePictures {
  const known = new Map<string, string>()
  return {
    know(blob, card) {
      const digest = digests.get(card)
      const { width = 0, height = 0 } = card
      if (digest === undefined || width * height > MAX_PIXELS || known.size >= MAX_KNOWN) return
      known.set(blob, `${width}x${height} ${digest}`)
    },
    async find(blob, others, changed) {
      const print = known.get(blob)
      if (print === undefined) return undefined
      const own = [...others].find(([, entry]) => entry.blob === blob)?.[0]
      for (const [name, entry] of others) {
        if (own === undefined || changed.has(name) || known.get(entry.blob) !== print) continue
        if (entry.blob === blob || (await pixelsOf(read(own))).equals(await pixelsOf(read(name)))) return name
      }
      return undefined
    },
  }
}

function pixelsOf(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer()
}
