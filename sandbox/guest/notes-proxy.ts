// Sends a cell's notes to the host; replaces helpers/notes.ts in the sandbox.
import { ask } from './bridge.ts'

/** Adds a note once per cell; the host limits the number. */
export function note(text: string): void {
  ask('cell.note', text.slice(0, 400))
}
