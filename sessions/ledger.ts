// What the journal says of files and variables: which there are, their versions, what undo would bring back.
import type { Card } from '../sandbox/protocol.ts'
import type { Event, EventOf } from './event.ts'

/** One version of a file; `version` counts from 1 for each name. */
export interface FileVersion {
  readonly name: string
  readonly version: number
  /** Undefined in journals from before hashes were kept. */
  readonly hash: string | undefined
  readonly bytes: number
  readonly card: Card
  /** The cell that made it; undefined for an upload and for a picture that was drawn. */
  readonly cell: number | undefined
  /** A `drawing` made it: nobody brought it, and no cell can make it again. */
  readonly drawn?: true
  readonly current: boolean
}

export interface Ledger {
  take(event: Event): void
  currentFiles(): readonly FileVersion[]
  versions(name: string): readonly FileVersion[]
  undoOf(name: string): EventOf<'undo'> | undefined
  /** Names that ever had a file, and top-level names that successful cells left. */
  names(): { readonly files: readonly string[]; readonly variables: readonly string[] }
  /** How many files there would be after these events. */
  countAfter(events: readonly Event[]): number
}

interface Shelf {
  readonly versions: { readonly made: Omit<FileVersion, 'current'>; readonly before: number }[]
  /** 0: the file is not there. */
  current: number
  /** Taken away by a cell, and from which version. */
  removed: number
}

/** A ledger of the events that `take` is given, in order. */
export function createLedger(): Ledger {
  const shelves = new Map<string, Shelf>()
  const variables = new Set<string>()

  const shelfOf = (name: string): Shelf => {
    const known = shelves.get(name)
    if (known) return known
    const shelf: Shelf = { versions: [], current: 0, removed: 0 }
    shelves.set(name, shelf)
    return shelf
  }

  return {
    take(event) {
      if (event.type === 'upload' || event.type === 'file') return add(shelfOf(event.name), event)
      if (event.type === 'removed') return remove(shelfOf(event.name))
      if (event.type === 'undo') return goTo(shelfOf(event.name), event.version)
      if (event.type === 'replaced') for (const { name, version } of event.files) goTo(shelfOf(name), version)
      if (event.type === 'result' && event.status === 'ok') for (const name of event.names) variables.add(name)
    },
    currentFiles: () => [...shelves.values()].flatMap((shelf) => shown(shelf).filter((version) => version.current)),
    versions: (name) => shown(shelves.get(name)),
    undoOf(name) {
      const shelf = shelves.get(name)
      if (!shelf) return undefined
      if (shelf.current === 0) return shelf.removed > 0 ? { type: 'undo', name, version: shelf.removed } : undefined
      const { made, before } = shelf.versions[shelf.current - 1]!
      // An upload is taken back by removing it, not by undo.
      return before === 0 && made.cell === undefined && !made.drawn
        ? undefined
        : { type: 'undo', name, version: before }
    },
    names: () => ({ files: [...shelves.keys()], variables: [...variables] }),
    countAfter(events) {
      const there = new Set([...shelves].filter(([, shelf]) => shelf.current > 0).map(([name]) => name))
      for (const event of events) {
        if (event.type === 'replaced')
          for (const { name, version } of event.files) {
            if (version > 0) there.add(name)
            else there.delete(name)
          }
        else if (event.type === 'upload' || event.type === 'file' || (event.type === 'undo' && event.version > 0))
          there.add(event.name)
        else if (event.type === 'removed' || event.type === 'undo') there.delete(event.name)
      }
      return there.size
    },
  }
}

function add(shelf: Shelf, event: EventOf<'upload'> | EventOf<'file'>): void {
  const { name, hash, card } = event
  const [bytes, cell] = event.type === 'file' ? [event.bytes, event.cell] : [card.bytes, undefined]
  const maker = cell === 0 ? { cell: undefined, drawn: true as const } : { cell }
  const version = shelf.versions.length + 1
  shelf.versions.push({ made: { name, version, hash, bytes, card, ...maker }, before: shelf.current })
  shelf.current = version
  shelf.removed = 0
}

function remove(shelf: Shelf): void {
  if (shelf.current > 0) shelf.removed = shelf.current
  shelf.current = 0
}

function goTo(shelf: Shelf, version: number): void {
  if (version > shelf.versions.length) return
  shelf.current = version
  shelf.removed = 0
}

function shown(shelf: Shelf | undefined): FileVersion[] {
  return (shelf?.versions ?? []).map(({ made }) => ({ ...made, current: made.version === shelf?.current }))
}
