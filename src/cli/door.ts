// A door shows events: as lines of JSON, or as text for a person. Both write files first, so that paths are true.
import { relative } from 'node:path'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { Sandbox } from '../runner/sandbox.ts'
import type { Outputs } from './outputs.ts'
import type { Renderer } from './renderer.ts'

export interface Door {
  /** Shows one event; a `file` is written for the person before it is shown. */
  show(event: Event): Promise<void>
}

/** `{"type":"file"}` as it leaves the program. */
type ShownFile = Omit<EventOf<'file'>, 'card'>

/** One JSON object a line on stdout, nothing else. */
export function createJsonDoor(outputs: Outputs, sandbox: Sandbox, write: (line: string) => void): Door {
  const say = (event: object): void => write(`${JSON.stringify(event)}\n`)
  return {
    async show(event) {
      if (event.type !== 'file') return say(event)
      const { shown, notice } = await place(event, outputs, sandbox)
      if (notice) say({ type: 'notice', text: notice })
      if (shown) say(shown)
    },
  }
}

/** Text for a person. */
export function createTextDoor(outputs: Outputs, sandbox: Sandbox, renderer: Renderer): Door {
  return {
    async show(event) {
      if (event.type !== 'file') return renderer.show(event)
      const { shown, notice } = await place(event, outputs, sandbox)
      if (notice) renderer.show({ type: 'notice', text: notice })
      if (shown) renderer.show({ ...shown, card: event.card })
    },
  }
}

async function place(event: EventOf<'file'>, outputs: Outputs, sandbox: Sandbox): Promise<{ shown?: ShownFile; notice?: string }> {
  const { card: _, ...facts } = event
  const kept = sandbox.file(event.name)
  if (!kept) return {}
  try {
    const { path, renamed } = await outputs.write(event.name, kept.path)
    const notice = renamed ? `${event.name} is already there and was not made by this run, so the new one is ${shortPath(path)}.` : undefined
    return { shown: { ...facts, path }, ...(notice ? { notice } : {}) }
  } catch (error) {
    return { notice: `${event.name} could not be written: ${reasonOf(error)}` }
  }
}

/** A path as a person would type it from here. */
export function shortPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near.startsWith('..') ? path : near
}

/** A sentence for an error of the disk. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return 'the disk is full.'
  if (code === 'EACCES' || code === 'EPERM') return 'the folder may not be written to.'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'a file stands where a folder is needed.'
  if (code === 'EROFS') return 'the disk is read-only.'
  return message
}
