// Reads a journal as cells and file versions: for each cell its request, its code and the files it left.
import type { FileInfo, CellStatus } from '../../sandbox/protocol.ts'
import { nonPrintEvents } from '../../sessions/journal/derived.ts'
import type { Edit, Event, EventOf } from '../../sessions/event.ts'

/** A version of a file: the bytes that its name had for a time. */
export interface Version {
  readonly name: string
  /** Counts from 1 for each name. */
  readonly number: number
  readonly hash: string | undefined
  readonly bytes: number
  readonly card: FileInfo
  /** The cell that made it; undefined for an upload and for a picture that an Images API made. */
  readonly cell: number | undefined
  /** An Images API made it: the project includes it among its inputs, as it does uploads. */
  readonly drawn?: true
}

/** From here on a file name has this version, or none. */
interface FileChange {
  readonly name: string
  readonly to: Version | undefined
  /** The cell that did it; undefined for the user and for pictures that an Images API made. */
  readonly cell: number | undefined
}

export interface RanCell {
  readonly number: number
  readonly code: string
  readonly seed: number
  readonly clock: number
  readonly purpose: string | undefined
  /** The request that it answers. */
  readonly request: EventOf<'ask'> | undefined
  readonly from: { readonly cell: number; readonly edits: readonly Edit[] } | undefined
  /** Undefined if the journal ends before the cell's result. */
  readonly status: CellStatus | undefined
  /** Top-level names that it left behind. */
  readonly names: readonly string[]
  /** The files when it began. */
  readonly files: ReadonlyMap<string, Version>
  readonly fileChanges: readonly FileChange[]
}

export interface History {
  readonly cells: readonly RanCell[]
  /** Every change of every file, by cells and by the user, in order. */
  readonly fileChanges: readonly FileChange[]
  /** The files at the end. */
  readonly files: ReadonlyMap<string, Version>
  /** The version that each event created. */
  readonly made: ReadonlyMap<Event, Version>
}

interface MutableRanCell extends RanCell {
  status: CellStatus | undefined
  names: readonly string[]
  readonly fileChanges: FileChange[]
}

/** Reads a journal. */
export function historyOf(events: readonly Event[]): History {
  const files = new Map<string, Version>()
  const versions = new Map<string, Version[]>()
  const cells = new Map<number, MutableRanCell>()
  const fileChanges: FileChange[] = []
  const made = new Map<Event, Version>()
  let request: EventOf<'ask'> | undefined

  const go = (change: FileChange): void => {
    if (change.to) files.set(change.name, change.to)
    else files.delete(change.name)
    fileChanges.push(change)
    if (change.cell !== undefined) cells.get(change.cell)?.fileChanges.push(change)
  }
  const add = (event: Event & { type: 'upload' | 'file' }): Version => {
    const { name, hash, card } = event
    const list = versions.get(name) ?? []
    versions.set(name, list)
    const bytes = event.type === 'file' ? event.bytes : card.bytes
    const version = { name, number: list.length + 1, hash, bytes, card, ...makerOf(event) }
    list.push(version)
    made.set(event, version)
    return version
  }

  for (const { event } of nonPrintEvents(events)) {
    if (event.type === 'ask') request = event
    else if (event.type === 'upload') go({ name: event.name, to: add(event), cell: undefined })
    else if (event.type === 'file') go({ name: event.name, to: add(event), cell: makerOf(event).cell })
    else if (event.type === 'removed') go({ name: event.name, to: undefined, cell: event.cell })
    else if (event.type === 'undo')
      go({ name: event.name, to: versions.get(event.name)?.[event.version - 1], cell: undefined })
    else if (event.type === 'cell') {
      const { cell: number, code, seed, clock, purpose, from } = event
      const facts = { number, code, seed, clock, purpose, request, from, status: undefined, names: [], fileChanges: [] }
      cells.set(number, { ...facts, files: new Map(files) })
    } else if (event.type === 'result') {
      const cell = cells.get(event.cell)
      if (cell) Object.assign(cell, { status: event.status, names: event.names })
    }
  }
  return { cells: [...cells.values()], fileChanges, files, made }
}

function makerOf(event: Event & { type: 'upload' | 'file' }): Pick<Version, 'cell' | 'drawn'> {
  if (event.type === 'upload') return { cell: undefined }
  return event.cell === 0 ? { cell: undefined, drawn: true } : { cell: event.cell }
}
