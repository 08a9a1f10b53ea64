// A name for what a person brings: the last part of its path, composed, and twice the same never.
import { basename, parse } from 'node:path'

/** `photo.png`, or `photo (2).png` where that is taken. */
export function uploadName(path: string, taken: ReadonlySet<string>): string {
  const wanted = basename(path).normalize('NFC')
  const { name, ext } = parse(wanted)
  for (let n = 1; ; n++) {
    const free = n === 1 ? wanted : `${name} (${n})${ext}`
    if (!taken.has(free)) return free
  }
}
