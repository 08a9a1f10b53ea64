// Names of files, which are data, as names that every system can hold: below their folder, and no two alike on any. For zips,
// downloads, and disks that refuse the name itself.
import { withoutUnseen } from '../sandbox/untrusted-text.ts'

/** Bytes of one name; file systems stop at 255. */
const MAX_PART = 150
/** Characters of a path; Windows stops at 260, and a folder of its own comes before. */
const MAX_PATH = 180
/** Devices of Windows, whatever ending they have. */
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(?:\.|$)/i
/** Anything but letters, digits, marks and pictographs of any script, joiners, and a few signs. */
const FOREIGN =
  /(?!\u200c|\u200d|\ufe0f)[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator} ._+@()[\]=,;!$%&'^~{}-]/gu

/** Gives each name of a session a path of its own below `folder` ('': none), the same as long as nothing speaks against it. */
export function createPortableNames(): (folder: string, name: string) => string {
  const files = new Set<string>()
  const folders = new Set<string>()
  const isTaken = (path: string): boolean =>
    files.has(folded(path)) || folders.has(folded(path)) || above(path).some((one) => files.has(folded(one)))
  return (folder, name) => {
    const start = folder === '' ? '' : `${folder}/`
    const portable = portableName(name)
    let path = start + portable
    const [, stem = '', ending = ''] = ENDING.exec(portable.replaceAll('/', '-')) ?? []
    for (let n = 2; isTaken(path); n++) path = `${start}${cut(stem, `-${n}${ending}`)}`
    files.add(folded(path))
    for (const one of above(path)) folders.add(folded(one))
    return path
  }
}

/** The name as one that every system takes, with its folders; `file` where nothing of it can stay. */
export function portableName(name: string): string {
  const parts = withoutUnseen(name.toWellFormed(), '-')
    .normalize('NFC')
    .split('/')
    .map(portablePart)
    .filter((part) => part !== '')
  const path = parts.join('/') || 'file'
  return path.length <= MAX_PATH ? path : (parts.at(-1) ?? 'file')
}

/** What follows its last point, and the name before it. */
const ENDING = /^(.+?)(\.[^./]{1,10})?$/s

/** As systems see it that mind neither case nor form. */
function folded(path: string): string {
  return path.normalize('NFKC').toLowerCase().toUpperCase().normalize('NFKC')
}

/** The folders above a path. */
function above(path: string): string[] {
  const parts = path.split('/')
  return parts.slice(1).map((_, n) => parts.slice(0, n + 1).join('/'))
}

/** Whether a file of the session can be laid below a folder under its own name. */
export function isSafeName(name: string): boolean {
  if (name === '' || Buffer.byteLength(name) > 1024 || !name.isWellFormed() || /[\0\\]|^[a-z]:/i.test(name))
    return false
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && Buffer.byteLength(part) <= 255)
}

function portablePart(part: string): string {
  const plain = trimmed(withoutUnseen(part.replace(FOREIGN, '-'), '-'))
  if (plain === '' || /^-+$/.test(plain)) return part.trim() === '' || /^\.*$/.test(part) ? '' : 'file'
  // A program that is given the name would take it for a flag.
  const [, stem = '', ending = ''] =
    ENDING.exec(RESERVED.test(plain) || plain.startsWith('-') ? `_${plain}` : plain) ?? []
  return cut(stem, ending)
}

/** Windows drops spaces and points at an end; ones at the beginning hide a file. */
function trimmed(part: string): string {
  return part.replace(/^[ .]+|(?<![ .])[ .]+$/g, '')
}

/** Both together, the first shortened where they are too long. */
function cut(stem: string, ending: string): string {
  if (Buffer.byteLength(stem + ending) <= MAX_PART) return stem + ending
  let short = ''
  let bytes = Buffer.byteLength(ending)
  for (const char of stem) {
    bytes += Buffer.byteLength(char)
    if (bytes > MAX_PART) break
    short += char
  }
  // What was cut may have held the end together.
  const kept = withoutUnseen(short + ending)
  return ending === '' ? trimmed(kept) : kept
}
