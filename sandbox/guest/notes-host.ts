// Notes of a cell, handed to the host: the sandbox's version of easel/notes.ts.
import { ask } from './bridge.ts'

/** Says it once a cell; the host bounds how many there are. */
export function note(text: string): void {
  ask('cell.note', text.slice(0, 400))
}
