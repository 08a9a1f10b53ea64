// Detects a picture made by a cell that has exactly the pixels of an earlier file: an edit that did nothing.
import sharp from 'sharp'
import type { FileInfo } from '../../protocol.ts'

/** Calls that change pixels, as far as names tell. A cell without any may only convert a picture's format. */
const EDITS =
  /\.(?:composite|joinChannel|boolean|blur|sharpen|median|modulate|linear|recomb|tint|negate|gr[ae]yscale|threshold|normali[sz]e|clahe|convolve|gamma|flatten|trim|extract|resize|extend|affine|draw\w+|put\w+|fill\w*|stroke\w*)\(/

/** Whether a snippet does more than convert formats. */
export function isEdit(code: string): boolean {
  return EDITS.test(code)
}

const digests = new WeakMap<FileInfo, string>()

/** Remembers the digest of a picture's measured copy with its file info. */
export function rememberDigest(card: FileInfo, digest: string): void {
  digests.set(card, digest)
}

/** Larger pictures take too long to compare. */
const MAX_PIXELS = 40_000_000
const MAX_KNOWN = 500

export interface DuplicateFinder {
  /** Call with the file info of a blob's bytes. */
  remember(blob: string, card: FileInfo): void
  /** The name among `others` of an unchanged file with the same pixels as a known blob; undefined if there is none. */
  find(
    blob: string,
    others: ReadonlyMap<string, { readonly blob: string }>,
    changed: ReadonlySet<string>,
  ): Promise<string | undefined>
}

/** `read` returns the bytes of a file by its name. */
export function createDuplicateFinder(read: (name: string) => Uint8Array): DuplicateFinder {
  const known = new Map<string, string>()
  return {
    remember(blob, card) {
      const digest = digests.get(card)
      const { width = 0, height = 0 } = card
      if (digest === undefined || width * height > MAX_PIXELS || known.size >= MAX_KNOWN) return
      known.set(blob, `${width}x${height} ${digest}`)
    },
    async find(blob, others, changed) {
      const fingerprint = known.get(blob)
      if (fingerprint === undefined) return undefined
      const own = [...others].find(([, entry]) => entry.blob === blob)?.[0]
      for (const [name, entry] of others) {
        if (own === undefined || changed.has(name) || known.get(entry.blob) !== fingerprint) continue
        if (entry.blob === blob || (await pixelsOf(read(own))).equals(await pixelsOf(read(name)))) return name
      }
      return undefined
    },
  }
}

function pixelsOf(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer()
}
