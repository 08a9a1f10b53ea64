// The files and variables of a journal: which exist, the versions of each file, and what undo would restore.
import type { FileInfo } from '../../sandbox/protocol.ts'
import type { Event, EventOf } from '../event.ts'

/** One version of a file; `version` counts from 1 for each name. */
export interface FileVersion {
  readonly name: string
  readonly version: number
  /** Undefined in journals from before hashes were kept. */
  readonly hash: string | undefined
  readonly bytes: number
  readonly card: FileInfo
  /** The cell that made it; undefined for an upload and for a generated picture. */
  readonly cell: number | undefined
  /** A `drawing` made it: it is no upload, and no cell can make it again. */
  readonly drawn?: true
  readonly current: boolean
}

export interface FileHistory {
  take(event: Event): void
  currentFiles(): readonly FileVersion[]
  versions(name: string): readonly FileVersion[]
  /** One of them, counted from 1. */
  version(name: string, number: number): FileVersion | undefined
  /** The last `most` versions, oldest first; the current one is among them. */
  latest(name: string, most: number): readonly FileVersion[]
  undoOf(name: string): EventOf<'undo'> | undefined
  /** Names of all files that ever existed, and top-level names that successful cells left. */
  names(): { readonly files: readonly string[]; readonly variables: readonly string[] }
  /** The number of files after these events. */
  countAfter(events: readonly Event[]): number
}

interface NamedVersions {
  /** Its position among all names. */
  readonly order: number
  readonly versions: { readonly made: Omit<FileVersion, 'current'>; readonly before: number }[]
  /** 0: the file does not exist. */
  current: number
  /** The version that was current when it was removed; 0 if it was not. */
  removed: number
}

/** The history of the events passed to `take`, in order. */
export function createFileHistory(): FileHistory {
  const indexes = new Map<string, NamedVersions>()
  const variables = new Set<string>()
  /** The names that have a file now. */
  const present = new Set<NamedVersions>()

  const change = (name: string, by: (named: NamedVersions) => void): void => {
    const named = indexes.get(name) ?? { order: indexes.size, versions: [], current: 0, removed: 0 }
    indexes.set(name, named)
    by(named)
    if (named.current > 0) present.add(named)
    else present.delete(named)
  }

  return {
    take(event) {
      if (event.type === 'upload' || event.type === 'file') return change(event.name, (named) => add(named, event))
      if (event.type === 'removed') return change(event.name, remove)
      if (event.type === 'undo') return change(event.name, (named) => revertTo(named, event.version))
      if (event.type === 'replaced')
        for (const { name, version } of event.files) change(name, (named) => revertTo(named, version))
      if (event.type === 'result' && event.status === 'ok') for (const name of event.names) variables.add(name)
    },
    currentFiles: () =>
      [...present]
        .toSorted((a, b) => a.order - b.order)
        .map(({ versions, current }) => ({ ...versions[current - 1]!.made, current: true })),
    versions: (name) => listVersions(indexes.get(name)),
    version(name, number) {
      const named = indexes.get(name)
      const version = named?.versions[number - 1]
      return version && { ...version.made, current: named.current === number }
    },
    latest: (name, most) => latest(indexes.get(name), most),
    undoOf: (name) => undoOf(name, indexes.get(name)),
    names: () => ({ files: [...indexes.keys()], variables: [...variables] }),
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

function undoOf(name: string, named: NamedVersions | undefined): EventOf<'undo'> | undefined {
  if (!named) return undefined
  if (named.current === 0) return named.removed > 0 ? { type: 'undo', name, version: named.removed } : undefined
  const { made, before } = named.versions[named.current - 1]!
  // An upload is reverted by removing it, not by undo.
  return before === 0 && made.cell === undefined && !made.drawn ? undefined : { type: 'undo', name, version: before }
}

function latest(named: NamedVersions | undefined, most: number): FileVersion[] {
  if (!named) return []
  const last = named.versions.slice(-most)
  const current = named.versions[named.current - 1]
  const all = current && !last.includes(current) ? [current, ...last.slice(1)] : last
  return all.map(({ made }) => ({ ...made, current: made.version === named.current }))
}

function add(named: NamedVersions, event: EventOf<'upload'> | EventOf<'file'>): void {
  const { name, hash, card } = event
  const [bytes, cell] = event.type === 'file' ? [event.bytes, event.cell] : [card.bytes, undefined]
  const maker = cell === 0 ? { cell: undefined, drawn: true as const } : { cell }
  const version = named.versions.length + 1
  named.versions.push({ made: { name, version, hash, bytes, card, ...maker }, before: named.current })
  named.current = version
  named.removed = 0
}

function remove(named: NamedVersions): void {
  if (named.current > 0) named.removed = named.current
  named.current = 0
}

function revertTo(named: NamedVersions, version: number): void {
  if (version > named.versions.length) return
  named.current = version
  named.removed = 0
}

function listVersions(named: NamedVersions | undefined): FileVersion[] {
  return (named?.versions ?? []).map(({ made }) => ({ ...made, current: made.version === named?.current }))
}
