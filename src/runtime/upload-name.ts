// A name for what a person brings: the last part of its path, composed, with nothing in it that is not seen, and twice the
// same never.
import { basename, parse } from 'node:path'
import { oneLine, withoutUnseen } from '../../sandbox/untrusted-text.ts'

/** Room for a number within the 255 that a disk takes. */
const MAX_BYTES = 240
const MAX_ENDING = 40
/** No system has longer names: what is, is none of a file, and stays as it is, to be refused. */
const MAX_ANYWHERE = 1024

/** `photo.png`, or `photo (2).png` where that is taken; `file` where nothing of a name is left. */
export function uploadName(path: string, taken: ReadonlySet<string>): string {
  const whole = oneLine(basename(path)).normalize('NFC')
  if (Buffer.byteLength(whole) > MAX_ANYWHERE) return whole
  const parts = parse(whole)
  // What follows a point is no ending where it is long.
  const { name, ext } = Buffer.byteLength(parts.ext) <= MAX_ENDING ? parts : { name: whole, ext: '' }
  const stem = shortened(name === '.' || name === '..' ? '' : name, MAX_BYTES - Buffer.byteLength(ext)) || 'file'
  for (let n = 1; ; n++) {
    const free = n === 1 ? `${stem}${ext}` : `${stem} (${n})${ext}`
    if (!taken.has(free)) return free
  }
}

/** As many whole characters as fit. */
function shortened(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let [short, left] = ['', bytes]
  for (const char of text) {
    left -= Buffer.byteLength(char)
    if (left < 0) break
    short += char
  }
  return withoutUnseen(short)
}
