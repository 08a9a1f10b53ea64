// In-memory LRU cache of thumbnails, bounded in bytes.
/** A picture of at most 320 x 320 pixels, or why there is none. */
export type Thumbnail =
  | { readonly content: Uint8Array; readonly mime: string; readonly width: number; readonly height: number }
  | { readonly problem: string }

const MAX_BYTES = 32_000_000
/** Approximate overhead of an entry besides its picture. */
const ENTRY_BYTES = 500

export interface ThumbnailCache {
  get(key: string): Thumbnail | undefined
  set(key: string, made: Thumbnail): void
  /** Drops all entries whose keys have this prefix. */
  forget(prefix: string): void
}

/** Holds at most `most` bytes. */
export function createThumbnailCache(most = MAX_BYTES): ThumbnailCache {
  const kept = new Map<string, Thumbnail>()
  let bytes = 0
  const remove = (key: string): Thumbnail | undefined => {
    const found = kept.get(key)
    if (found && kept.delete(key)) bytes -= sizeOf(found)
    return found
  }
  const put = (key: string, made: Thumbnail): void => {
    kept.set(key, made)
    bytes += sizeOf(made)
  }
  return {
    get(key) {
      const found = remove(key)
      if (found) put(key, found)
      return found
    },
    set(key, made) {
      remove(key)
      put(key, made)
      for (const oldest of kept.keys()) {
        if (bytes <= most) break
        remove(oldest)
      }
    },
    forget(prefix) {
      for (const key of kept.keys()) if (key.startsWith(prefix)) remove(key)
    },
  }
}

function sizeOf(made: Thumbnail): number {
  return ENTRY_BYTES + ('content' in made ? made.content.length : made.problem.length * 2)
}
