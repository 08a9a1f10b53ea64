// Turns a session's file names, which are untrusted data, into paths that every system accepts, that stay below their
// folder and that collide on none. For zips, downloads, and file systems that refuse the original name.
import { removeUnsafeCharacters } from '../sandbox/untrusted-text.ts'

/** Bytes of one path component; file systems allow 255. */
const MAX_PART = 150
/** Characters of a path; Windows allows 260, including the folder that it is put into. */
const MAX_PATH = 180
/** Windows device names, with any extension. */
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(?:\.|$)/i
/** Anything but letters, digits, marks and pictographs of any script, joiners, and a few signs. */
const NOT_PORTABLE =
  /(?!\u200c|\u200d|\ufe0f)[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator} ._+@()[\]=,;!$%&'^~{}-]/gu

/** Returns a function that gives each name a unique path below `folder` ('': none), unchanged if it is portable. */
export function createPortableNames(): (folder: string, name: string) => string {
  const files = new Set<string>()
  const folders = new Set<string>()
  const isTaken = (path: string): boolean =>
    files.has(collisionKey(path)) ||
    folders.has(collisionKey(path)) ||
    parentFolders(path).some((one) => files.has(collisionKey(one)))
  return (folder, name) => {
    const start = folder === '' ? '' : `${folder}/`
    const portable = portableName(name)
    let path = start + portable
    const [, stem = '', ending = ''] = ENDING.exec(portable.replaceAll('/', '-')) ?? []
    for (let n = 2; isTaken(path); n++) path = `${start}${truncateStem(stem, `-${n}${ending}`)}`
    files.add(collisionKey(path))
    for (const one of parentFolders(path)) folders.add(collisionKey(one))
    return path
  }
}

/** The name, with its folders, as one that every system accepts; `file` if nothing of it is usable. */
export function portableName(name: string): string {
  const parts = removeUnsafeCharacters(name.toWellFormed(), '-')
    .normalize('NFC')
    .split('/')
    .map(portablePart)
    .filter((part) => part !== '')
  const path = parts.join('/') || 'file'
  return path.length <= MAX_PATH ? path : (parts.at(-1) ?? 'file')
}

/** The name up to its last dot, and the extension. */
const ENDING = /^(.+?)(\.[^./]{1,10})?$/s

/** The key under which case-insensitive and normalizing file systems find the path. */
function collisionKey(path: string): string {
  return path.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC')
}

/** The parent folders of a path. */
function parentFolders(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, n) => parts.slice(0, n + 1).join('/'))
}

/** Whether a file of the session can be written below a folder under its own name. */
export function isSafeName(name: string): boolean {
  if (name === '' || Buffer.byteLength(name) > 1024 || !name.isWellFormed() || /[\0\\]|^[a-z]:/i.test(name))
    return false
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && Buffer.byteLength(part) <= 255)
}

function portablePart(part: string): string {
  const plain = trimEnds(removeUnsafeCharacters(part.replace(NOT_PORTABLE, '-'), '-'))
  if (plain === '' || /^-+$/.test(plain)) return part.trim() === '' || /^\.*$/.test(part) ? '' : 'file'
  // A program that gets a name with a leading dash would take it for a flag.
  const [, stem = '', ending = ''] =
    ENDING.exec(RESERVED.test(plain) || plain.startsWith('-') ? `_${plain}` : plain) ?? []
  return truncateStem(stem, ending)
}

/** Without outer spaces and dots: Windows drops trailing ones, and a leading dot hides a file. */
function trimEnds(part: string): string {
  return part.replace(/^[ .]+|(?<![ .])[ .]+$/g, '')
}

/** Stem and extension, the stem shortened so that both fit into MAX_PART. */
function truncateStem(stem: string, ending: string): string {
  if (Buffer.byteLength(stem + ending) <= MAX_PART) return stem + ending
  let short = ''
  let bytes = Buffer.byteLength(ending)
  for (const char of stem) {
    bytes += Buffer.byteLength(char)
    if (bytes > MAX_PART) break
    short += char
  }
  // A joiner that was valid before the cut may be at the end now.
  const kept = removeUnsafeCharacters(short + ending)
  return ending === '' ? trimEnds(kept) : kept
}
