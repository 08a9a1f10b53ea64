// Notes to the model about events between messages: a restore, an expired session, an undo.
import type { Event, EventOf } from '../../../sessions/event.ts'
import { clip } from './text.ts'

const MISSING_SHOWN = 5
const NAMES_SHOWN = 30

/** One line, and a sentence for each thing that was not restored as it was. */
export function describeRestored({ cells, files, ms, missing }: EventOf<'restored'>): string {
  const took = ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
  const line = `The sandbox was restored: ${many(cells, 'cell')}, ${many(files, 'file')} in ${took}.`
  const rest = missing.length - MISSING_SHOWN
  const more = rest > 0 ? [`And ${rest} more could not be restored exactly.`] : []
  return [line, ...missing.slice(0, MISSING_SHOWN).map((sentence) => clip(sentence, 200)), ...more].join(' ')
}

/** Lists the files and variables lost with an expired session, up to a limit. */
export function describeGone({ files, variables }: EventOf<'gone'>): string {
  if (files.length + variables.length === 0) return 'The earlier session has expired, and nothing of it is left.'
  const kinds = [
    files.length > 0 && `files ${list(files.map((name) => JSON.stringify(clip(name, 80))))}`,
    variables.length > 0 && `variables ${list(variables.map((name) => clip(name, 40)))}`,
  ]
  return `The earlier session has expired. Gone: ${kinds.filter(Boolean).join('; ')}. Do not try to use them: ask the person to send the files again if you need them.`
}

/** Tracks which cell made each version of a file, so that the note on an undo can name the cell. */
export interface Versions {
  take(event: Event): void
  describe(undo: EventOf<'undo'>): string
}

function makerOf(event: EventOf<'upload' | 'file'>): string {
  if (event.type === 'upload') return 'the uploaded one'
  return event.cell === 0 ? 'the generated one' : `the one that cell ${event.cell} made`
}

export function createVersions(): Versions {
  const makers = new Map<string, string[]>()
  return {
    take(event) {
      if (event.type !== 'upload' && event.type !== 'file') return
      makers.set(event.name, [...(makers.get(event.name) ?? []), makerOf(event)])
    },
    describe({ name, version }) {
      const shown = JSON.stringify(clip(name, 80))
      if (version === 0) return `The user undid ${shown}: the file no longer exists.`
      const maker = makers.get(name)?.[version - 1]
      return `The user reverted ${shown} to an earlier version${maker ? `, ${maker}` : ''}.`
    },
  }
}

function list(names: readonly string[]): string {
  const rest = names.length - NAMES_SHOWN
  return `${names.slice(0, NAMES_SHOWN).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function many(value: number, thing: string): string {
  return `${value} ${thing}${value === 1 ? '' : 's'}`
}
