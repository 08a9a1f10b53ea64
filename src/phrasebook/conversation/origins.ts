// Which uploads a file came from, so that "the original" of a result is never an unrelated upload.
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { Job, Request } from '../jobs/job.ts'
import { analyzeSnippet } from '../../snippet/analysis.ts'
import type { FileInfo } from '../../../sandbox/protocol.ts'

/** The files of a session, and where they came from. */
export interface FileOrigins {
  /** Every file, in order of arrival. */
  readonly files: ReadonlyMap<string, FileInfo>
  readonly uploads: readonly string[]
  /** The uploads that each made file came from, where known. */
  readonly origins: ReadonlyMap<string, readonly string[]>
}

/** Returns a function that gives the uploads behind a file that a turn made; none if unknown. */
export function createOrigins(
  request: Request | undefined,
  events: readonly Event[],
  situation: FileOrigins,
): (name: string) => readonly string[] {
  let written: readonly string[] | undefined
  return (name) => {
    const inputs = (request && inputsOf(name, request)) ?? (written ??= namesIn(events, situation))
    return originalsOf(inputs, situation)
  }
}

/** The uploads behind these files, each once: an upload is its own original. */
export function originalsOf(names: readonly string[], situation: FileOrigins): readonly string[] {
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
function namesIn(events: readonly Event[], { files }: FileOrigins): string[] {
  const drawn = events.flatMap((event) => (event.type === 'drawing' ? event.inputs : []))
  const literals = new Set<string>()
  for (const event of events) if (event.type === 'cell') for (const text of literalsOf(event)) literals.add(text)
  return [...new Set([...drawn, ...[...files.keys()].filter((name) => literals.has(name))])]
}

const known = new WeakMap<Event, readonly string[]>()

/** The texts in a cell's code, cached by cell. */
function literalsOf(cell: EventOf<'cell'>): readonly string[] {
  const texts = known.get(cell) ?? analyzeSnippet(cell.code).literals.flat()
  known.set(cell, texts)
  return texts
}
