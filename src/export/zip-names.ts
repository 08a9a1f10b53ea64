// Names of files, which are data, as names in a zip: below their folder on every system, and no two alike on any.

/** Bytes of one name; file systems stop at 255. */
const LONGEST = 150
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\.|$)/i

/** Gives each name of a session a path of its own below `folder`, the same as long as nothing speaks against it. */
export function createZipNames(): (folder: string, name: string) => string {
  const files = new Set<string>()
  const folders = new Set<string>()
  const isTaken = (path: string): boolean =>
    files.has(folded(path)) || folders.has(folded(path)) || above(path).some((one) => files.has(folded(one)))
  return (folder, name) => {
    const parts = name
      .toWellFormed()
      .normalize('NFC')
      .split('/')
      .map(plainPart)
      .filter((part) => part !== '')
    let path = `${folder}/${parts.join('/') || 'file'}`
    const [, stem = '', ending = ''] = ENDING.exec(parts.join('-') || 'file') ?? []
    for (let n = 2; isTaken(path); n++) path = `${folder}/${stem}-${n}${ending}`
    files.add(folded(path))
    for (const one of above(path)) folders.add(folded(one))
    return path
  }
}

/** A name and what follows its last point. */
const ENDING = /^(.+?)(\.[^./]{1,10})?$/s

/** As systems see it that mind neither case nor form. */
function folded(path: string): string {
  return path.normalize('NFKC').toLowerCase()
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

/** Letters, digits and marks of any script stay, and a few signs. */
function plainPart(part: string): string {
  const plain = part
    .replace(/[^\p{L}\p{M}\p{N}\p{Emoji_Presentation} ._+@()[\]=,;!$%&'^~{}-]/gu, '-')
    .replace(/^[ .]+|(?<![ .])[ .]+$/g, '')
  if (plain === '' || /^-+$/.test(plain)) return part.trim() === '' || /^\.*$/.test(part) ? '' : 'file'
  return cut(RESERVED.test(plain) ? `_${plain}` : plain)
}

function cut(part: string): string {
  if (Buffer.byteLength(part) <= LONGEST) return part
  const [, stem = part, ending = ''] = ENDING.exec(part) ?? []
  let short = ''
  for (const char of stem) {
    if (Buffer.byteLength(short + char + ending) > LONGEST) break
    short += char
  }
  return `${short}${ending}`
}
