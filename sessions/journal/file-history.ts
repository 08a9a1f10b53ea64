// What the journal says of files and variables: which there are, their versions, what undo would bring back.
import type { Card } from '../../sandbox/protocol.ts'
import type { Event, EventOf } from '../event.ts'

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
  /** One of them, counted from 1. */
  version(name: string, number: number): FileVersion | undefined
  /** The last so many of them, oldest first; the present one is among them. */
  latest(name: string, most: number): readonly FileVersion[]
  undoOf(name: string): EventOf<'undo'> | undefined
  /** Names that ever had a file, and top-level names that successful cells left. */
  names(): { readonly files: readonly string[]; readonly variables: readonly string[] }
  /** How many files there would be after these events. */
  countAfter(events: readonly Event[]): number
}

interface NamedVersions {
  /** Its place among all names. */
  readonly order: number
  readonly versions: { readonly made: Omit<FileVersion, 'current'>; readonly before: number }[]
  /** 0: the file is not there. */
  current: number
  /** Taken away by a cell, and from which version. */
  removed: number
}

/** A ledger of the events that `take` is given, in order. */
export function createLedger(): Ledger {
  const shelves = new Map<string, NamedVersions>()
  const variables = new Set<string>()
  /** Those that have a file now. */
  const present = new Set<NamedVersions>()

  const change = (name: string, by: (shelf: NamedVersions) => void): void => {
    const shelf = shelves.get(name) ?? { order: shelves.size, versions: [], current: 0, removed: 0 }
    shelves.set(name, shelf)
    by(shelf)
    if (shelf.current > 0) present.add(shelf)
    else present.delete(shelf)
  }

  return {
    take(event) {
      if (event.type === 'upload' || event.type === 'file') return change(event.name, (shelf) => add(shelf, event))
      if (event.type === 'removed') return change(event.name, remove)
      if (event.type === 'undo') return change(event.name, (shelf) => goTo(shelf, event.version))
      if (event.type === 'replaced')
        for (const { name, version } of event.files) change(name, (shelf) => goTo(shelf, version))
      if (event.type === 'result' && event.status === 'ok') for (const name of event.names) variables.add(name)
    },
    currentFiles: () =>
      [...present]
        .toSorted((a, b) => a.order - b.order)
        .map(({ versions, current }) => ({ ...versions[current - 1]!.made, current: true })),
    versions: (name) => shown(shelves.get(name)),
    version(name, number) {
      const shelf = shelves.get(name)
      const version = shelf?.versions[number - 1]
      return version && { ...version.made, current: shelf.current === number }
    },
    latest: (name, most) => latest(shelves.get(name), most),
    undoOf: (name) => undoOf(name, shelves.get(name)),
    names: () => ({ files: [...shelves.keys()], variables: [...variables] }),
    countAfter(events) {
      const there = new Set([...present].map(({ versions }) => versions[0]!.made.name))
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

function undoOf(name: string, shelf: NamedVersions | undefined): EventOf<'undo'> | undefined {
  if (!shelf) return undefined
  if (shelf.current === 0) return shelf.removed > 0 ? { type: 'undo', name, version: shelf.removed } : undefined
  const { made, before } = shelf.versions[shelf.current - 1]!
  // An upload is taken back by removing it, not by undo.
  return before === 0 && made.cell === undefined && !made.drawn ? undefined : { type: 'undo', name, version: before }
}

function latest(shelf: NamedVersions | undefined, most: number): FileVersion[] {
  if (!shelf) return []
  const last = shelf.versions.slice(-most)
  const current = shelf.versions[shelf.current - 1]
  const all = current && !last.includes(current) ? [current, ...last.slice(1)] : last
  return all.map(({ made }) => ({ ...made, current: made.version === shelf.current }))
}

function add(shelf: NamedVersions, event: EventOf<'upload'> | EventOf<'file'>): void {
  const { name, hash, card } = event
  const [bytes, cell] = event.type === 'file' ? [event.bytes, event.cell] : [card.bytes, undefined]
  const maker = cell === 0 ? { cell: undefined, drawn: true as const } : { cell }
  const version = shelf.versions.length + 1
  shelf.versions.push({ made: { name, version, hash, bytes, card, ...maker }, before: shelf.current })
  shelf.current = version
  shelf.removed = 0
}

function remove(shelf: NamedVersions): void {
  if (shelf.current > 0) shelf.removed = shelf.current
  shelf.current = 0
}

function goTo(shelf: NamedVersions, version: number): void {
  if (version > shelf.versions.length) return
  shelf.current = version
  shelf.removed = 0
}

function shown(shelf: NamedVersions | undefined): FileVersion[] {
  return (shelf?.versions ?? []).map(({ made }) => ({ ...made, current: made.version === shelf?.current }))
}
