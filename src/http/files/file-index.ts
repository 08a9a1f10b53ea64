// Index of a session's files for the web. Every version has an unguessable id, derived from its position in the journal
// and so the same after a restart. An index takes events incrementally and reads none twice.
import { createHash } from 'node:crypto'
import { setImmediate as breathe } from 'node:timers/promises'
import { nonPrintEvents } from '../../../sessions/journal/derived.ts'
import type { Event } from '../../../sessions/event.ts'
import { createFileHistory, type FileVersion } from '../../../sessions/journal/file-history.ts'
import type { FileShape } from '../schemas.ts'

export interface FileIndex {
  /** The current files, in order of arrival. */
  files(): FileShape[]
  /** The version of a file that has this id. */
  find(fileId: string): FileVersion | undefined
}

export interface GrowingFileIndex extends FileIndex {
  take(event: Event, seq: number): void
  /** Number of versions of all files. */
  readonly size: number
}

/** The event types that change files. */
export const FILE_EVENTS: readonly Event['type'][] = ['upload', 'file', 'removed', 'undo', 'replaced']

/** The latest versions of a file that are listed. */
const MAX_VERSIONS = 100

/** 132 bits of a hash that begins with the session's own random id. */
export function fileIdOf(session: string, seq: number): string {
  return createHash('sha256').update(`${session}/${seq}`).digest('base64url').slice(0, 22)
}

/** An empty index. */
export function createFileIndex(session: string): GrowingFileIndex {
  const history = createFileHistory()
  const ids = new Map<string, string[]>()
  const places = new Map<string, { readonly name: string; readonly version: number }>()
  const idOf = ({ name, version }: FileVersion): string => ids.get(name)?.[version - 1] ?? ''

  return {
    get size() {
      return places.size
    },
    take(event, seq) {
      history.take(event)
      if (event.type !== 'upload' && event.type !== 'file') return
      const { name } = event
      const id = fileIdOf(session, seq)
      const own = ids.get(name) ?? []
      ids.set(name, own)
      own.push(id)
      places.set(id, { name, version: own.length })
    },
    files: () => history.currentFiles().map((file) => shapeOf(file, history.latest(file.name, MAX_VERSIONS), idOf)),
    find(fileId) {
      const place = places.get(fileId)
      return place && history.version(place.name, place.version)
    },
  }
}

const indexes = new WeakMap<readonly Event[], { readonly index: GrowingFileIndex; seen: number }>()
const SLICE_MS = 4

/** The index of this journal, cached with it; yields to the event loop while it reads many new events. */
export async function readFileIndex(session: string, events: readonly Event[]): Promise<FileIndex> {
  const at = indexes.get(events) ?? { index: createFileIndex(session), seen: 0 }
  indexes.set(events, at)
  const marks = nonPrintEvents(events)
  let until = performance.now() + SLICE_MS
  while (at.seen < marks.length) {
    const { event, seq } = marks[at.seen++]!
    at.index.take(event, seq)
    if (at.seen % 50 !== 0 || performance.now() < until) continue
    await breathe()
    until = performance.now() + SLICE_MS
  }
  return at.index
}

function shapeOf(file: FileVersion, versions: readonly FileVersion[], idOf: (file: FileVersion) => string): FileShape {
  const { name, bytes, card, version, cell, drawn } = file
  const { width, height, frames, problem, cause } = card
  return {
    id: idOf(file),
    name,
    kind: cell === undefined && !drawn ? 'upload' : 'output',
    mime: card.mime,
    bytes,
    width,
    height,
    frames,
    version,
    cell,
    problem,
    cause,
    versions: versions.map((one) => ({ id: idOf(one), version: one.version, bytes: one.bytes, cell: one.cell })),
  }
}
