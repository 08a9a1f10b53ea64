// What changed on the session's disk since the near side was told last.

export interface Changes {
  /** The near side put the file there. */
  know(name: string): void
  /** The near side took the file away. */
  forget(name: string): void
  change(name: string): void
  remove(name: string): void
  /** Names changed and removed since the last call; the near side knows them from now on. */
  readonly take: () => { readonly changed: readonly string[]; readonly removed: readonly string[] }
}

/** Starts with a disk of which nothing is known. */
export function openChanges(): Changes {
  const changed = new Set<string>()
  const removed = new Set<string>()
  const known = new Set<string>()
  return {
    know(name) {
      known.add(name)
      changed.delete(name)
      removed.delete(name)
    },
    forget(name) {
      known.delete(name)
      changed.delete(name)
      removed.delete(name)
    },
    change(name) {
      changed.add(name)
      removed.delete(name)
    },
    remove(name) {
      changed.delete(name)
      if (known.has(name)) removed.add(name)
    },
    take() {
      const taken = { changed: [...changed], removed: [...removed] }
      for (const name of changed) known.add(name)
      for (const name of removed) known.delete(name)
      changed.clear()
      removed.clear()
      return taken
    },
  }
}
