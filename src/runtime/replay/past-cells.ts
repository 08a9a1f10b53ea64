// The cells of a journal that ended ok, with everything needed to run them again; read incrementally.
import { nonPrintEvents } from '../../../sessions/journal/derived.ts'
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { PastCell } from '../../../sessions/replay/bindings.ts'
import { analyzeSnippet, type SnippetAnalysis } from '../../snippet/analysis.ts'

export interface OkCell extends PastCell {
  readonly code: string
  readonly seed: number
  readonly clock: number
  /** How long it ran. */
  readonly ms: number
  /** The number of its `cell` event; the events before it define the files it started with. */
  readonly at: number
  readonly mentions: SnippetAnalysis
  /** The files it made; the hash is undefined in journals from before hashes were kept. */
  readonly made: ReadonlyMap<string, string | undefined>
}

export interface PastCells {
  /** In order, up to the end of the journal, without the cells of replaced requests. */
  read(): readonly OkCell[]
}

interface Begun {
  readonly event: EventOf<'cell'>
  readonly at: number
  readonly made: Map<string, string | undefined>
}

/** `events` is a journal that grows at its end. */
export function createPastCells(events: readonly Event[]): PastCells {
  const cells: OkCell[] = []
  let seen = 0
  let begun: Begun | undefined

  const take = (event: Event, at: number): void => {
    if (event.type === 'replaced') while ((cells.at(-1)?.at ?? -1) >= event.seq) cells.pop()
    if (event.type === 'cell') begun = { event, at, made: new Map() }
    if (!begun || !('cell' in event) || event.cell !== begun.event.cell) return
    if (event.type === 'file') begun.made.set(event.name, event.hash)
    if (event.type === 'removed') begun.made.delete(event.name)
    if (event.type !== 'result') return
    const { made, event: asked, at: from } = begun
    begun = undefined
    if (event.status !== 'ok') return
    const { cell, code, seed, clock } = asked
    cells.push({
      cell,
      code,
      seed,
      clock,
      ms: event.ms,
      at: from,
      names: event.names,
      mentions: analyzeSnippet(code),
      made,
    })
  }
  return {
    read() {
      const marks = nonPrintEvents(events)
      for (; seen < marks.length; seen++) take(marks[seen]!.event, marks[seen]!.seq)
      return cells
    },
  }
}
