// Name of an uploaded file: the last part of its path, in NFC, without invisible characters, and unique.
import { basename, parse } from 'node:path'
import { toSingleLine, removeUnsafeCharacters } from '../../sandbox/untrusted-text.ts'

/** Leaves space for a number within the 255 bytes of a file system. */
const MAX_BYTES = 240
const MAX_ENDING = 40
/** No system has longer names: a longer one is no file name and stays unchanged, to be refused. */
const MAX_ANYWHERE = 1024

/** `photo.png`, or `photo (2).png` if that is taken; `file` if nothing of the name is left. */
export function uploadName(path: string, taken: ReadonlySet<string>): string {
  const whole = toSingleLine(basename(path)).normalize('NFC')
  if (Buffer.byteLength(whole) > MAX_ANYWHERE) return whole
  const parts = parse(whole)
  // A long part after the last dot is not an extension.
  const { name, ext } = Buffer.byteLength(parts.ext) <= MAX_ENDING ? parts : { name: whole, ext: '' }
  const stem = truncateBytes(name === '.' || name === '..' ? '' : name, MAX_BYTES - Buffer.byteLength(ext)) || 'file'
  for (let n = 1; ; n++) {
    const free = n === 1 ? `${stem}${ext}` : `${stem} (${n})${ext}`
    if (!taken.has(free)) return free
  }
}

/** As many whole characters as fit into `bytes`. */
function truncateBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let [short, left] = ['', bytes]
  for (const char of text) {
    left -= Buffer.byteLength(char)
    if (left < 0) break
    short += char
  }
  return removeUnsafeCharacters(short)
}
