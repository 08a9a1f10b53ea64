// Which uploads a file came from, so that "the original" of a result is never an unrelated upload.
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { Job, Request } from '../jobs/job.ts'
import type { ConversationState } from './conversation-state.ts'

/** Returns a function that gives the uploads behind a file that a turn made; none if unknown. */
export function createOrigins(
  request: Request | undefined,
  events: readonly Event[],
  situation: ConversationState,
): (name: string) => readonly string[] {
  let written: readonly string[] | undefined
  return (name) => {
    const inputs = (request && inputsOf(name, request)) ?? (written ??= namesIn(events, situation))
    return originalsOf(inputs, situation)
  }
}

/** The uploads behind these files, each once: an upload is its own original. */
export function originalsOf(names: readonly string[], situation: ConversationState): readonly string[] {
  const { uploads, origins } = situation
  return [...new Set(names.flatMap((name) => (uploads.includes(name) ? [name] : (origins.get(name) ?? []))))]
}

/** The files from which a request made the file; undefined if it did not make it. */
function inputsOf(name: string, { jobs }: Request): readonly string[] | undefined {
  for (const job of jobs) {
    const inputs = inputsOfJob(name, job)
    if (inputs) return inputs
  }
  return undefined
}

function inputsOfJob(name: string, job: Job): readonly string[] | undefined {
  if (job.kind === 'edit') {
    const file = job.files.find(({ output }) => output === name)
    return file && [file.source.name]
  }
  if (!('output' in job) || job.output !== name) return undefined
  if (job.kind === 'panels') return job.panels.map(({ source }) => source.name)
  if (job.kind === 'slideshow') return job.sources.map((source) => source.name)
  return 'source' in job ? [job.source.name] : [job.table.name]
}

/** Input files found as string literals in the code of the turn's cells, whoever wrote them. */
function namesIn(events: readonly Event[], { files }: ConversationState): string[] {
  const drawn = events.flatMap((event) => (event.type === 'drawing' ? event.inputs : []))
  const literals = new Set<string>()
  for (const event of events) if (event.type === 'cell') for (const text of literalsOf(event)) literals.add(text)
  return [...new Set([...drawn, ...[...files.keys()].filter((name) => literals.has(name))])]
}

/** Characters of the longest file name. */
const MAX_NAME = 1024
const MAX_LITERALS = 2000
const known = new WeakMap<Event, readonly string[]>()

/** The texts between quotation marks of one kind in a cell's code, cached by cell. */
function literalsOf(cell: EventOf<'cell'>): readonly string[] {
  const texts = known.get(cell) ?? ["'", '"', '`'].flatMap((mark) => between(cell.code, mark))
  known.set(cell, texts)
  return texts
}

function between(code: string, mark: string): string[] {
  const texts: string[] = []
  for (let at = code.indexOf(mark); at >= 0 && texts.length < MAX_LITERALS;) {
    const end = code.indexOf(mark, at + 1)
    if (end > at + 1 && end - at <= MAX_NAME) texts.push(code.slice(at + 1, end))
    at = end
  }
  return texts
}
