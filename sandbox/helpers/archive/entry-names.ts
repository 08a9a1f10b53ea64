// Names in ZIP archives: their encoding, which most packers do not state, and paths that stay in their folder.
import { detectLegacy } from '../table/encoding/detect.ts'
import { costOfText } from '../table/encoding/plausibility.ts'
import { transcode } from '../table/encoding/transcode.ts'
import { checkUtf8 } from '../table/encoding/utf8.ts'
import type { DirectoryEntry } from './directory.ts'

export interface DecodedNames {
  /** The names as stated, in the order of the entries. */
  readonly names: readonly string[]
  /** Encoding of the names that are neither ASCII nor UTF-8, if there are any. */
  readonly encoding: string | undefined
}

type NamedEntry = Pick<DirectoryEntry, 'rawName' | 'isUtf8' | 'unicodeName'>

/** Names in UTF-8 where the archive says so or they are, else in the encoding that fits all of the others best. */
export async function decodeNames(entries: readonly NamedEntry[]): Promise<DecodedNames> {
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  const chosen = entries.map(({ rawName, isUtf8, unicodeName }) => {
    if (unicodeName && checkUtf8(unicodeName).broken === 0) return unicodeName
    return isUtf8 || checkUtf8(rawName).broken === 0 ? rawName : undefined
  })
  const others = entries.filter((_, i) => chosen[i] === undefined).map(({ rawName }) => rawName)
  const encoding = others.length === 0 ? undefined : await encodingOfNames(others)
  const names = chosen.map((bytes, i) => {
    if (bytes) return utf8.decode(bytes)
    const raw = entries[i]!.rawName
    return encoding === CODE_PAGE_437 ? decode437(raw) : utf8.decode(transcode(raw, encoding!).bytes)
  })
  return { names, encoding }
}

const CODE_PAGE_437 = 'cp437'

/** Code page 437 of DOS, which the format demands, and which Western packers still write. */
const UPPER_437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0'

function decode437(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : UPPER_437[byte - 0x80]!)).join('')
}

/** Names that are enough to judge by. */
const MAX_NAMES = 2000

async function encodingOfNames(names: readonly Uint8Array[]): Promise<string> {
  const some = [...new Set(names.slice(0, MAX_NAMES).map((name) => String.fromCharCode(...name.subarray(0, 400))))]
  const bytes = Uint8Array.from(some.join('\n'), (char) => char.charCodeAt(0))
  const guess = await detectLegacy(bytes)
  const text = new TextDecoder().decode(transcode(bytes, guess).bytes)
  return costOfText(decode437(bytes), 'windows-1252') < costOfText(text, guess) ? CODE_PAGE_437 : guess
}

/** Bytes of one part of a path on common file systems, with place for a number. */
const MAX_PART_BYTES = 240
const MAX_PATH_BYTES = 900

/** A path below the folder that is unpacked into, in NFC; '' if nothing of the name is left. */
export function safePath(name: string): string {
  const parts = name
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .map(safePart)
    .filter((part) => part !== '')
  while (parts.length > 1 && byteLength(parts.join('/')) > MAX_PATH_BYTES) parts.shift()
  return parts.join('/')
}

function safePart(part: string): string {
  const clean = part
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\uFFFD]/gu, '_')
    .replaceAll(/[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu, '')
    .trim()
  return /^\.*$/.test(clean) ? '' : shorten(clean)
}

function shorten(part: string): string {
  if (byteLength(part) <= MAX_PART_BYTES) return part
  const ending = /\.[^.]{1,16}$/.exec(part)?.[0] ?? ''
  const characters = Array.from(part.slice(0, part.length - ending.length))
  let bytes = byteLength(ending)
  const kept = characters.findIndex((char) => (bytes += byteLength(char)) > MAX_PART_BYTES)
  return characters.slice(0, kept).join('') + ending
}

const byteLength = (text: string): number => new TextEncoder().encode(text).length

/** Gives each path once: a name that is taken, also in another case or as a folder, gets a number. */
export function createUniquePaths(folders: Iterable<string>): (path: string) => string {
  const taken = new Set<string>()
  const numbers = new Map<string, number>()
  for (const folder of folders) taken.add(folder.toLowerCase())
  return (path) => {
    const ending = /[^/](\.[^./]+)$/.exec(path)?.[1] ?? ''
    const stem = path.slice(0, path.length - ending.length)
    const key = path.toLowerCase()
    let number = numbers.get(key) ?? 1
    let free = path
    // Each number is tried once for a path, so that 100,000 entries of one name take no longer than others.
    for (; taken.has(free.toLowerCase()); free = `${stem} (${number})${ending}`) numbers.set(key, ++number)
    taken.add(free.toLowerCase())
    return free
  }
}
