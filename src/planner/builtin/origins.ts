// Which uploads a file came from: "the original" of a result is never another upload.
import type { Event } from '../../../sessions/event.ts'
import type { Job, Request } from './job.ts'
import type { Situation } from './situation.ts'

/** The uploads from which a turn made the file; none where that cannot be told. */
export function originsOf(
  name: string,
  request: Request | undefined,
  events: readonly Event[],
  situation: Situation,
): readonly string[] {
  const inputs = (request && inputsOf(name, request)) ?? namesIn(events, situation)
  return originalsOf(inputs, situation)
}

/** The uploads behind these files, each once: an upload is its own original. */
export function originalsOf(names: readonly string[], situation: Situation): readonly string[] {
  const { uploads, origins } = situation
  return [...new Set(names.flatMap((name) => (uploads.includes(name) ? [name] : (origins.get(name) ?? []))))]
}

/** The files from which a request made the file, where it is one of its own. */
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

/** Files whose names stand as literals in the code of the turn: who wrote it does not matter. */
function namesIn(events: readonly Event[], { files }: Situation): string[] {
  const code = events.flatMap((event) => (event.type === 'cell' ? [event.code] : [])).join('\n')
  const drawn = events.flatMap((event) => (event.type === 'drawing' ? event.inputs : []))
  const written = [...files.keys()].filter((name) =>
    [`'${name}'`, `"${name}"`, `\`${name}\``].some((text) => code.includes(text)),
  )
  return [...new Set([...drawn, ...written])]
}
