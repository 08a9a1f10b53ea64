// The files that each request changed and their versions before it, so that an undo can revert a whole request.
import { createCachedReducer } from '../../sessions/journal/derived.ts'
import type { Event, EventOf } from '../../sessions/event.ts'

/** A file as it was before a request; version 0: it did not exist. */
export interface PreviousVersion {
  readonly name: string
  readonly version: number
}

/** State of a file after one change; version 0: removed. `request` is undefined for an upload. */
interface State {
  readonly version: number
  readonly request: number | undefined
  readonly before: State | undefined
}

type Change = EventOf<'upload'> | EventOf<'file'> | EventOf<'removed'>

/**
 * The effective changes by request, the last request first. A turn is a request, and so is a cell that the user runs
 * or a file that the user removes.
 */
export function effectiveChanges(events: readonly Event[]): readonly (readonly PreviousVersion[])[] {
  const requests = new Map<number, PreviousVersion[]>()
  for (const [name, state] of changesOf(events).states) {
    if (state?.request === undefined) continue
    const version = beforeRequest(state)?.version ?? 0
    if (version === state.version) continue
    const own = requests.get(state.request) ?? []
    requests.set(state.request, own)
    own.push({ name, version })
  }
  return [...requests].toSorted(([one], [other]) => other - one).map(([, changes]) => changes)
}

function beforeRequest({ request, before }: State): State | undefined {
  let state = before
  while (state && state.request === request) state = state.before
  return state
}

const changesOf = createCachedReducer(createChanges, (changes, { event, seq }) => changes.take(event, seq))

function createChanges() {
  const states = new Map<string, State | undefined>()
  const made = new Map<string, State[]>()
  const requestOf = createRequests()
  const goTo = ({ name, version }: PreviousVersion): void => {
    let state = states.get(name)
    while (state && state.version !== version) state = state.before
    states.set(name, state ?? made.get(name)?.[version - 1])
  }
  const take = (event: Event, seq: number): void => {
    const request = requestOf(event, seq)
    if (event.type === 'undo') goTo(event)
    else if (event.type === 'replaced') for (const file of event.files) goTo(file)
    else if (isChange(event)) {
      const { type, name } = event
      const versions = made.get(name) ?? []
      const version = type === 'removed' ? 0 : versions.length + 1
      const state = { version, request, before: states.get(name) }
      states.set(name, state)
      if (version > 0) versions.push(state)
      made.set(name, versions)
    }
  }
  return { states, take }
}

/** Returns a function that takes the events in order and returns the number of their request; numbers grow. */
function createRequests(): (event: Event, seq: number) => number | undefined {
  let turn: number | undefined
  let loose: { readonly cell: number; readonly seq: number } | undefined
  return (event, seq) => {
    if (event.type === 'ask') turn = seq
    else if (event.type === 'end') turn = undefined
    else if (event.type === 'removed' && event.cell === 0) return seq
    else if (event.type === 'file' || event.type === 'removed') {
      if (turn !== undefined) return turn
      if (loose?.cell !== event.cell) loose = { cell: event.cell, seq }
      return loose.seq
    }
    return undefined
  }
}

function isChange(event: Event): event is Change {
  return event.type === 'upload' || event.type === 'file' || event.type === 'removed'
}
