// Notes for the author of a snippet, for example about ignored options. In the sandbox they are part of the cell's
// result (guest/notes-proxy.ts replaces this file); in plain Node they are discarded.

/** Adds a note once per cell. */
export function note(_text: string): void {
  // Plain Node discards notes.
}
