// Writes files for the user before showing them, so that the shown paths are true, and passes events to a display.
import { basename } from 'node:path'
import { escapeUnsafeCharacters } from '../../sandbox/untrusted-text.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { FileVersion } from '../../sessions/journal/file-history.ts'
import type { Outputs } from './output-files.ts'
import type { Screen } from './rendering/screen.ts'
import { advice } from './rendering/failed-attempts.ts'
import { reasonOf, shortPath, escapeName } from './rendering/messages.ts'

/** Shows events unchanged. */
export type Display = (event: Event) => void

export interface OutputSink {
  /** Shows one event and returns it as shown: an `end` is `failed` if a file could not be written. */
  show<T extends Event>(event: T): Promise<T>
}

/** Finds the bytes of a session's file. */
export interface FileSource {
  /** The current file. */
  file(name: string): Promise<{ readonly path: string; readonly version: FileVersion } | undefined>
}

/** Writes files of `source` to `outputs` and shows events on `surface`. */
export function createSink(outputs: Outputs, source: FileSource, surface: Display): OutputSink {
  const renamed = new Map<string, string>()
  const unsaved = new Map<string, EventOf<'file'>>()

  const save = async (file: EventOf<'file'>): Promise<string | undefined> => {
    const kept = await source.file(file.name)
    if (!kept) return undefined
    try {
      const written = await outputs.write(file.name, kept.path)
      unsaved.delete(file.name)
      if (written.renamed && !renamed.has(file.name)) {
        surface({
          type: 'notice',
          text: `${escapeName(file.name)} existed before this run, so the new one is ${escapeName(shortPath(written.path))}.`,
        })
      }
      if (written.renamed) renamed.set(file.name, basename(written.path))
      surface({ ...file, path: written.path })
      return undefined
    } catch (error) {
      unsaved.set(file.name, file)
      return `${escapeName(file.name)} could not be written: ${reasonOf(error)}`
    }
  }
  const close = async (end: EventOf<'end'>): Promise<EventOf<'end'>> => {
    const reasons: string[] = []
    const again = [...unsaved.values()]
    for (const file of again) reasons.push((await save(file)) ?? '')
    const message = [end.message, ...reasons].filter(Boolean).join(' ')
    if (unsaved.size === 0) return end
    return { ...end, status: end.status === 'ok' ? 'failed' : end.status, code: end.code ?? 'EASEL_WRITE', message }
  }
  const transformEvent = async (event: Event): Promise<Event> => {
    if (event.type === 'file') {
      await save(event)
      return event
    }
    if (event.type === 'removed' || (event.type === 'undo' && event.version === 0)) {
      unsaved.delete(event.name)
      await outputs.remove(event.name)
    }
    if (event.type === 'undo' && event.version > 0) {
      surface(event)
      const kept = await source.file(event.name)
      if (kept) await save(fileEvent(kept.version))
      return event
    }
    const told =
      event.type === 'end'
        ? await close(event)
        : event.type === 'message'
          ? { ...event, text: replaceRenamed(event.text, renamed) }
          : event
    surface(told)
    return told
  }
  return { show: async <T extends Event>(event: T) => (await transformEvent(event)) as T }
}

function fileEvent({ name, bytes, cell = 0, card }: FileVersion): EventOf<'file'> {
  const { mime, width, height, frames } = card
  return { type: 'file', cell, name, mime, bytes, width, height, frames, card }
}

/** Writes only one JSON object a line to stdout, and the reason of a failure also to stderr. */
export function createJsonDisplay(screen: Screen): Display {
  return (event) => {
    screen.out(
      `${escapeUnsafeCharacters(JSON.stringify(event.type === 'file' ? { ...event, card: undefined } : event))}\n`,
    )
    if (event.type === 'end' && event.status !== 'ok')
      screen.err(`easel: ${event.message ?? event.status}${advice(event)}\n`)
  }
}

/** Replaces file names in the answer by those that the files were written under. */
function replaceRenamed(text: string, renamed: ReadonlyMap<string, string>): string {
  let told = text
  for (const [name, written] of renamed) {
    const pattern = new RegExp(`(?<![\\w./-])${RegExp.escape(basename(name))}(?!\\w)`, 'g')
    told = told.replace(pattern, () => written)
  }
  return told
}
