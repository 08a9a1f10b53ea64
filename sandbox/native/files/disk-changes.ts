// Tracks what changed on the session's disk since the last report to the near side.

export interface ChangeTracker {
  /** The near side added the file. */
  markKnown(name: string): void
  /** The near side removed the file. */
  forget(name: string): void
  change(name: string): void
  remove(name: string): void
  /** Names changed and removed since the last call; the near side knows of them from then on. */
  readonly take: () => { readonly changed: readonly string[]; readonly removed: readonly string[] }
}

/** Starts with a disk of which the near side knows nothing. */
export function createChangeTracker(): ChangeTracker {
  const changed = new Set<string>()
  const removed = new Set<string>()
  const known = new Set<string>()
  return {
    markKnown(name) {
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
