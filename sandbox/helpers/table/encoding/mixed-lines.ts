// UTF-8 files with lines that are not: damaged ones keep their UTF-8 with U+FFFD for each broken character; lines that
// another program appended in its own encoding are decoded from that.
import { detectLegacy } from './detect.ts'
import { costOfText } from './plausibility.ts'
import { transcode } from './transcode.ts'
import { lineAt, sequenceSize } from './utf8.ts'

interface Line {
  readonly from: number
  readonly to: number
  readonly valid: number
  readonly broken: number
}

/** Calls back for each line that has characters beyond ASCII, with how many of them are well formed UTF-8. */
function eachLine(bytes: Uint8Array, end: number, visit: (line: Line) => void): void {
  for (let from = 0; from < bytes.length;) {
    const found = bytes.indexOf(end, from)
    const to = found < 0 ? bytes.length : found + 1
    let valid = 0
    let broken = 0
    for (let at = from; at < to;) {
      if (bytes[at]! < 0x80) {
        at++
        continue
      }
      const size = sequenceSize(bytes, at, to)
      if (size > 0) valid++
      else broken++
      at += Math.abs(size)
    }
    if (valid + broken > 0) visit({ from, to, valid, broken })
    from = to
  }
}

/** By chance a fourth of the characters of GBK are well formed too; of three or more in a line hardly all are. */
const isPlainlyUtf8 = ({ valid, broken }: Line): boolean => valid >= 4 * broken && valid > 0
const MIN_SHARE = 0.25
const WINDOW = 262_144

/** Whether a file is UTF-8 but for some lines, judged by its beginning, middle and end. */
function isMostlyUtf8(bytes: Uint8Array, end: number): boolean {
  const { length } = bytes
  let all = 0
  let own = 0
  const weigh = (line: Line): void => {
    all += line.valid + line.broken
    if (isPlainlyUtf8(line)) own += line.valid + line.broken
  }
  const starts = length <= 3 * WINDOW ? [0] : [0, length >> 1, length - WINDOW]
  for (const start of starts) {
    const from = start === 0 ? 0 : bytes.indexOf(end, start) + 1
    eachLine(bytes.subarray(from, starts.length === 1 ? length : from + WINDOW), end, weigh)
  }
  // The broken bytes stand elsewhere, in a file that is mostly ASCII.
  if (all === 0) eachLine(bytes, end, weigh)
  return own > 0 && own >= MIN_SHARE * all
}

export interface Repaired {
  readonly bytes: Uint8Array
  readonly notes: readonly string[]
}

/** The file as UTF-8 with notes on its other lines; undefined if it is another encoding as a whole. */
export async function repairUtf8(bytes: Uint8Array): Promise<Repaired | undefined> {
  const end = bytes.includes(10) ? 10 : 13
  if (!isMostlyUtf8(bytes, end)) return undefined
  const damaged: Line[] = []
  eachLine(bytes, end, (line) => {
    if (line.broken > 0) damaged.push(line)
  })
  const foreign = damaged.filter((line) => !isPlainlyUtf8(line))
  const encoding = foreign.length > 0 ? await encodingOfLines(bytes, foreign) : undefined
  const isOther = new Set<Line>()
  const parts: Uint8Array[] = []
  let done = 0
  for (const line of encoding === undefined ? [] : foreign) {
    const text = readAs(bytes.subarray(line.from, line.to), encoding!)
    if (!text) continue
    isOther.add(line)
    parts.push(bytes.subarray(done, line.from), text)
    done = line.to
  }
  parts.push(bytes.subarray(done))
  const rest = damaged.filter((line) => !isOther.has(line))
  return {
    bytes: concatBytes(parts),
    notes: [...foreignNote(bytes, [...isOther], encoding), ...damageNote(bytes, rest)],
  }
}

/** A line in another encoding as UTF-8, where that is valid and likelier than a damaged line. */
function readAs(line: Uint8Array, encoding: string): Uint8Array | undefined {
  const { bytes, broken } = transcode(line, encoding)
  if (broken > 0) return undefined
  const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
  return costOfText(utf8.decode(bytes), encoding) < costOfText(utf8.decode(line), 'utf-8') ? bytes : undefined
}

async function encodingOfLines(bytes: Uint8Array, lines: readonly Line[]): Promise<string> {
  return detectLegacy(concatBytes(lines.slice(0, 1000).map(({ from, to }) => bytes.subarray(from, to))))
}

function foreignNote(bytes: Uint8Array, lines: readonly Line[], encoding: string | undefined): string[] {
  if (encoding === undefined || lines.length === 0) return []
  const first = lineAt(bytes, lines[0]!.from)
  const what = lines.length === 1 ? `line ${first} is` : `${lines.length} lines (the first is line ${first}) are`
  return [`the file is UTF-8, but ${what} not; read as ${encoding}`]
}

function damageNote(bytes: Uint8Array, lines: readonly Line[]): string[] {
  const count = lines.reduce((sum, { broken }) => sum + broken, 0)
  return count === 0 ? [] : [brokenNote(count, 'utf-8', lineAt(bytes, lines[0]!.from))]
}

/** Says how many characters became U+FFFD. */
export function brokenNote(count: number, encoding: string, line: number | undefined): string {
  const many = count === 1 ? '1 character is' : `${count} characters are`
  const where = line === undefined ? '' : count === 1 ? ` (in line ${line})` : ` (the first in line ${line})`
  return `${many} not valid ${encoding}${where} and ${count === 1 ? 'stands' : 'stand'} as \uFFFD`
}

function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
