// Where the conversation stands when a person asks: the files there are, the last results, the last request done.
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { Card } from '../../../sandbox/protocol.ts'
import type { Refusal, Request } from './job.ts'

export interface Situation {
  /** Every file of the session, in the order in which they came. */
  readonly files: ReadonlyMap<string, Card>
  /** Every version that each name ever had: what an undo goes back to. */
  readonly versions: ReadonlyMap<string, readonly Card[]>
  readonly uploads: readonly string[]
  /** Files that came with this request. */
  readonly asked: readonly string[]
  /** Files that the last successful turn made. */
  readonly results: readonly string[]
  /** The last request that was carried out, when this planner understands it. */
  readonly last?: Request
}

/** The last turn of a journal: what was asked, where things stood, what has happened since. */
export interface Turn {
  readonly ask: EventOf<'ask'>
  readonly situation: Situation
  readonly events: readonly Event[]
}

type Understand = (text: string, situation: Situation) => Request | Refusal

/** Folds the journal into its last turn; earlier requests are read again by `understand`, so the journal stays the only memory. */
export function lastTurn(journal: readonly Event[], understand: Understand): Turn | undefined {
  const starts = journal.flatMap((event, at) => (event.type === 'ask' ? [at] : []))
  let situation: Situation = { files: new Map(), versions: new Map(), uploads: [], asked: [], results: [] }
  const before = journal.slice(0, starts[0] ?? journal.length)
  situation = withFiles(situation, before)
  situation = { ...situation, results: resultsOf(before, situation.files) }
  for (const [turn, start] of starts.entries()) {
    const ask = journal[start] as EventOf<'ask'>
    const end = starts[turn + 1] ?? journal.length
    const events = journal.slice(start + 1, end)
    const uploaded = withFiles(
      situation,
      events.filter((event) => event.type === 'upload'),
    )
    const here = { ...uploaded, asked: ask.files }
    if (turn === starts.length - 1) return { ask, situation: here, events }
    situation = after(here, ask, events, understand)
  }
  return undefined
}

function after(situation: Situation, ask: EventOf<'ask'>, events: readonly Event[], understand: Understand): Situation {
  const next = withFiles(situation, events)
  const done = events.some((event) => (event.type === 'result' || event.type === 'drawn') && event.status === 'ok')
  if (!done) return next
  const there = resultsOf(events, next.files)
  const request = understand(ask.text, situation)
  return {
    ...next,
    results: there.length > 0 ? there : situation.results,
    last: 'jobs' in request ? request : undefined,
  }
}

/** Files that cells made or a model drew, and that are still there. */
function resultsOf(events: readonly Event[], files: Situation['files']): string[] {
  const made = new Set(events.flatMap((event) => (event.type === 'file' ? [event.name] : [])))
  return [...made].filter((name) => files.has(name))
}

function withFiles(situation: Situation, events: readonly Event[]): Situation {
  const files = new Map(situation.files)
  const versions = new Map(situation.versions)
  const uploads = new Set(situation.uploads)
  for (const event of events) {
    if (event.type === 'upload' || event.type === 'file') {
      files.set(event.name, event.card)
      versions.set(event.name, [...(versions.get(event.name) ?? []), event.card])
    }
    if (event.type === 'upload') uploads.add(event.name)
    if (event.type === 'removed') files.delete(event.name)
    if (event.type === 'undo') {
      const card = versions.get(event.name)?.[event.version - 1]
      if (card) files.set(event.name, card)
      else files.delete(event.name)
    }
  }
  return { ...situation, files, versions, uploads: [...uploads].filter((name) => files.has(name)) }
}
