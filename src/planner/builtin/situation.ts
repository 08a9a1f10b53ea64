// Where the conversation stands when a person asks: the files there are, the last results, the last request done.
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { Card } from '../../../sandbox/protocol.ts'
import type { Refusal, Request } from './job.ts'
import { originsOf } from './origins.ts'

export interface Situation {
  /** Every file of the session, in the order in which they came. */
  readonly files: ReadonlyMap<string, Card>
  /** Every version that each name ever had: what an undo goes back to. */
  readonly versions: ReadonlyMap<string, readonly Card[]>
  readonly uploads: readonly string[]
  /** Files that came with this request. */
  readonly asked: readonly string[]
  /** What "it" is: files of the last turn that made some and was not undone; where all were undone, what they were made from. */
  readonly results: readonly string[]
  /** For each file that was made: the uploads it came from, where that is known. */
  readonly origins: ReadonlyMap<string, readonly string[]>
  /** The request that made `results`, when this planner understands it. */
  readonly last?: Request
  /** The request that was undone since, if one was: it can still be changed and made again. */
  readonly undone?: Request
}

/** The last turn of a journal: what was asked, where things stood, what has happened since. */
export interface Turn {
  readonly ask: EventOf<'ask'>
  readonly situation: Situation
  readonly events: readonly Event[]
}

/** A turn that made files, or cells that a person ran after it. It stands while one of them is as one of these left it. */
interface Outcome {
  readonly made: ReadonlyMap<string, readonly Card[]>
  readonly request?: Request
}

type Understand = (text: string, situation: Situation) => Request | Refusal

const NOTHING: Situation = {
  files: new Map(),
  versions: new Map(),
  uploads: [],
  asked: [],
  results: [],
  origins: new Map(),
}

/** Folds the journal into its last turn; earlier requests are read again by `understand`, so the journal stays the only memory. */
export function lastTurn(journal: readonly Event[], understand: Understand): Turn | undefined {
  const starts = journal.flatMap((event, at) => (event.type === 'ask' ? [at] : []))
  const outcomes: Outcome[] = []
  const before = journal.slice(0, starts[0] ?? journal.length)
  let situation = after(NOTHING, before, undefined, outcomes)
  for (const [turn, start] of starts.entries()) {
    const ask = journal[start] as EventOf<'ask'>
    const events = journal.slice(start + 1, starts[turn + 1] ?? journal.length)
    const uploaded = withFiles(
      situation,
      events.filter((event) => event.type === 'upload'),
    )
    const here = { ...uploaded, asked: ask.files }
    if (turn === starts.length - 1) return { ask, situation: here, events }
    const done = events.some((event) => (event.type === 'result' || event.type === 'drawn') && event.status === 'ok')
    const request = done ? understand(ask.text, here) : undefined
    situation = after(here, events, request && 'jobs' in request ? request : undefined, outcomes)
  }
  return undefined
}

/** Where things stand after these events; what they made is added to `outcomes`. */
function after(
  situation: Situation,
  events: readonly Event[],
  request: Request | undefined,
  outcomes: Outcome[],
): Situation {
  const next = withFiles(situation, events)
  const made = new Map<string, Card[]>()
  for (const event of events)
    if (event.type === 'file') made.set(event.name, [...(made.get(event.name) ?? []), event.card])
  if (made.size > 0) outcomes.push({ made, request })
  const origins = new Map(next.origins)
  for (const name of made.keys()) origins.set(name, originsOf(name, request, events, situation))
  return { ...next, origins, ...standing(outcomes, next.files, events) }
}

/** The last outcome that stands, and the request that was taken back after it. */
function standing(
  outcomes: readonly Outcome[],
  files: Situation['files'],
  events: readonly Event[],
): Pick<Situation, 'results' | 'last' | 'undone'> {
  const left = ({ made }: Outcome) => [...made.keys()].filter((name) => made.get(name)!.includes(files.get(name)!))
  const at = outcomes.findLastIndex((outcome) => left(outcome).length > 0)
  const wasUndone = events.some(({ type }) => type === 'undo')
  const undone = wasUndone ? outcomes[at + 1]?.request : undefined
  if (at >= 0) return { results: left(outcomes[at]!), last: outcomes[at]!.request, undone }
  return { results: outcomes[0]?.request?.inputs.filter((name) => files.has(name)) ?? [], last: undefined, undone }
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
