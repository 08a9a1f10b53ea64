// The files of a session as the web tells of them: every version under an id that nobody guesses, derived from its place in
// the journal, so that it is the same after a restart.
import { createHash } from 'node:crypto'
import type { Event } from '../../sessions/event.ts'
import { createLedger, type FileVersion } from '../../sessions/ledger.ts'
import type { FileShape } from './shapes.ts'

export interface Shelf {
  /** The files as they are now, in the order in which they came. */
  files(): FileShape[]
  /** A version of any file by its id. */
  find(fileId: string): FileVersion | undefined
}

/** 132 bits of a hash that begins with the session's own random id. */
export function fileIdOf(session: string, seq: number): string {
  return createHash('sha256').update(`${session}/${seq}`).digest('base64url').slice(0, 22)
}

/** The shelf of a session with this journal. */
export function readShelf(session: string, events: readonly Event[]): Shelf {
  const ledger = createLedger()
  const places = new Map<string, number[]>()
  for (const [seq, event] of events.entries()) {
    ledger.take(event)
    if (event.type !== 'upload' && event.type !== 'file') continue
    const seqs = places.get(event.name) ?? []
    seqs.push(seq)
    places.set(event.name, seqs)
  }
  const idOf = ({ name, version }: FileVersion): string => fileIdOf(session, places.get(name)?.[version - 1] ?? -1)

  return {
    files: () => ledger.currentFiles().map((file) => shapeOf(file, ledger.versions(file.name), idOf)),
    find(fileId) {
      for (const [name, seqs] of places) {
        const at = seqs.findIndex((seq) => fileIdOf(session, seq) === fileId)
        if (at >= 0) return ledger.versions(name)[at]
      }
      return undefined
    },
  }
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
