// The state of the conversation at a request: the existing files, the last results, the last completed request.
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { FileInfo } from '../../../sandbox/protocol.ts'
import type { Request } from '../jobs/job.ts'
import { createOrigins, type FileOrigins } from './origins.ts'

export interface ConversationState extends FileOrigins {
  /** Files attached to this request. */
  readonly asked: readonly string[]
  /** What "it" refers to: the files of the last turn that made some and was not undone; else the first one's inputs. */
  readonly results: readonly string[]
  /** The request that made `results`, if this planner understands it. */
  readonly last?: Request
  /** The last request, if it was answered without a file: it can be changed like `last`. */
  readonly answered?: Request
  /** The request that was undone since, if any: it can still be changed and repeated. */
  readonly undone?: Request
}

/** Files made by a turn and by cells that the user ran after it. In force while one of the files is still as made. */
interface Outcome {
  readonly made: ReadonlyMap<string, readonly FileInfo[]>
  readonly request?: Request
}

const NOTHING: ConversationState = {
  files: new Map(),
  uploads: [],
  asked: [],
  results: [],
  origins: new Map(),
}

/** Tracks the state, turn by turn. */
export interface ConversationTracker {
  /** The state when `ask` arrives with the uploads among `events`. */
  at(ask: EventOf<'ask'>, events: readonly Event[]): ConversationState
  /** Adds the events of a turn, its request if this planner understands it, and the state at that request. */
  take(events: readonly Event[], request: Request | undefined, here?: ConversationState): void
}

export function createConversationTracker(): ConversationTracker {
  const outcomes: Outcome[] = []
  /** Every version of each file name, for undo. */
  const versions = new Map<string, FileInfo[]>()
  /** Upload names with their order of first arrival. */
  const uploads = new Map<string, number>()
  const origins = new Map<string, readonly string[]>()
  let situation: ConversationState = { ...NOTHING, origins }

  const note = (event: Event): void => {
    if (event.type === 'upload' && !uploads.has(event.name)) uploads.set(event.name, uploads.size)
    if (event.type !== 'upload' && event.type !== 'file') return
    const cards = versions.get(event.name) ?? []
    versions.set(event.name, cards)
    cards.push(event.card)
  }
  return {
    at(ask, events) {
      const brought = events.filter((event) => event.type === 'upload')
      const files = brought.length > 0 ? filesAfter(situation.files, brought, versions) : situation.files
      const all = [...new Set([...situation.uploads, ...brought.map(({ name }) => name)])]
      return { ...situation, files, uploads: all, asked: ask.files }
    },
    take(events, request, here = situation) {
      const made = new Map<string, FileInfo[]>()
      for (const event of events) if (event.type === 'file') add(made, event.name, event.card)
      const answered = made.size === 0 ? request : undefined
      situation = { ...situation, undone: undefined, answered }
      if (!events.some(isOfFiles)) return
      for (const event of events) note(event)
      const files = filesAfter(situation.files, events, versions)
      if (made.size > 0) outcomes.push({ made, request })
      const originOf = createOrigins(request, events, here)
      for (const name of made.keys()) origins.set(name, originOf(name))
      const order = (name: string): number => uploads.get(name) ?? 0
      const present = [...files.keys()].filter((name) => uploads.has(name)).toSorted((a, b) => order(a) - order(b))
      situation = { ...situation, files, uploads: present, ...stateOf(outcomes, files, events) }
    },
  }
}

function add(cards: Map<string, FileInfo[]>, name: string, card: FileInfo): void {
  const known = cards.get(name) ?? []
  cards.set(name, known)
  known.push(card)
}

function isOfFiles({ type }: Event): boolean {
  return type === 'upload' || type === 'file' || type === 'removed' || type === 'undo'
}

/** The last outcome in force, and the request that was undone after it. */
function stateOf(
  outcomes: readonly Outcome[],
  files: ConversationState['files'],
  events: readonly Event[],
): Pick<ConversationState, 'results' | 'last' | 'undone'> {
  const left = ({ made }: Outcome) => [...made.keys()].filter((name) => made.get(name)!.includes(files.get(name)!))
  const at = outcomes.findLastIndex((outcome) => left(outcome).length > 0)
  const wasUndone = events.some(({ type }) => type === 'undo')
  const undone = wasUndone ? outcomes[at + 1]?.request : undefined
  if (at >= 0) return { results: left(outcomes[at]!), last: outcomes[at]!.request, undone }
  return { results: outcomes[0]?.request?.inputs.filter((name) => files.has(name)) ?? [], last: undefined, undone }
}

/** The files after the events; `versions` include those of the events. */
function filesAfter(
  before: ConversationState['files'],
  events: readonly Event[],
  versions: ReadonlyMap<string, readonly FileInfo[]>,
): ReadonlyMap<string, FileInfo> {
  const files = new Map(before)
  for (const event of events) {
    if (event.type === 'upload' || event.type === 'file') files.set(event.name, event.card)
    if (event.type === 'removed') files.delete(event.name)
    if (event.type === 'undo') {
      const card = versions.get(event.name)?.[event.version - 1]
      if (card) files.set(event.name, card)
      else files.delete(event.name)
    }
  }
  return files
}
