// Fuzzes file names: random and hostile names through each function that takes or gives one.
// For a long run: node test/fuzz/file-names.ts --seconds 600 --seed 1
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix, sep } from 'node:path'
import { parseArgs } from 'node:util'
import * as text from '../../sandbox/untrusted-text.ts'
import { nameBelowRoot, nameProblem } from '../../sandbox/native/files/disk-names.ts'
import { createOutputs } from '../../src/cli/output-files.ts'
import { escapeName } from '../../src/cli/rendering/messages.ts'
import { fetchedName } from '../../src/fetch/fetched-name.ts'
import { dispositionOf } from '../../src/http/files/file-response.ts'
import { createPortableNames, portableName } from '../../src/portable-names.ts'
import { checkName, FileRefused } from '../../src/runner/file-rules.ts'
import { drawingName } from '../../src/runtime/pictures/generated-name.ts'
import { uploadName } from '../../src/runtime/upload-name.ts'

export interface Fuzzed {
  readonly names: number
  /** Each with its seed and the property that did not hold. */
  readonly failures: readonly string[]
}

/** Deterministic numbers in [0, 1): mulberry32. */
function randoms(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const PIECES: readonly string[] = [
  ...'abzAZ09 .-_/\\:*?"<>|~$%&#\'`;()[]{}=+,!@^',
  ...'\0\u0001\t\n\r\u001b\u007f\u0080\u0085\u009b\u009f\u00a0\u00ad\u034f\u061c\u115f\u180b\u180e\u200b\u200c\u200d',
  ...'\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\u3164\ufe00\ufe0e\ufe0f\ufeff\uffa0\ufff9\ufffd\u{e0001}\u{e0100}',
  '\ud800',
  '\udc00',
  ...'éßıİſςσΣǅﬁａ中文가각ｶﾞあ\u0300\u0301\u0327\u093c\u0915\u094d\u0937\u0645\u06cc\u0e33\u1100\u1161\u11a8\u3099',
  ...'👩👨👧🔥🏽🇩🇪❤1️⃣🏴',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  '👩\u200d👧',
  '..',
  '../',
  './',
  '//',
  'C:',
  'con',
  'NUL',
  'com1',
  'lpt¹',
  'aux.',
  'CONOUT$',
  '.png',
  '.tar.gz',
  '__proto__',
  '/mnt/data/',
  '%2e%2e%2f',
  '%0d%0a',
  '\u001b[2J',
  '\u001b]0;x\u0007',
  '\u001b[8m',
  '\u009b31m',
  '\r\u001b[K',
  'e\u0301',
  'ﷺ',
  'x'.repeat(100),
  '中'.repeat(60),
  'd/'.repeat(40),
]

function nameFrom(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const long = random() < 0.05 ? 60 : random() < 0.5 ? 3 : 9
  const count = 1 + Math.floor(random() * long)
  let name = ''
  for (let n = 0; n < count; n++) {
    const kind = random()
    if (kind < 0.8) name += pick(PIECES)
    else if (kind < 0.9) name += String.fromCharCode(Math.floor(random() * 0x10000))
    else name += String.fromCodePoint(Math.floor(random() * 0x110000))
  }
  return name
}

/** Characters that must never appear in output; `lines`: except line ends and tabs. */
const ACTS = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}\u200b\u2060\ufeff]/u
// oxlint-disable-next-line no-control-regex
const ACTS_IN_LINES = /[\0-\x08\x0b-\x1f\x7f-\x9f\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}\u200b\u2060\ufeff]/u
// oxlint-disable-next-line no-control-regex
const OWN_COLOURS = /\u001b\[(?:(?:0|1|3|4|7|9|22|23|24|27|29|39|3[1-6]|9[1-6])(?:;|(?=m)))+m/g
const RESERVED = /^(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$) *(?:\.|$)/i

type Check = readonly [what: string, holds: (name: string) => boolean]

const CHECKS: readonly Check[] = [
  ['withoutUnseen leaves nothing that acts', (name) => !ACTS.test(text.removeUnsafeCharacters(name))],
  ['withoutUnseen changes nothing twice', (name) => isSteady(name, text.removeUnsafeCharacters)],
  [
    'hasUnseen agrees with it',
    (name) => text.hasUnsafeCharacters(name) === (text.removeUnsafeCharacters(name) !== name),
  ],
  ['oneLine leaves nothing that acts', (name) => !ACTS.test(text.toSingleLine(name))],
  ['oneLine changes nothing twice', (name) => isSteady(name, text.toSingleLine)],
  ['shown leaves nothing that acts', (name) => !ACTS.test(escapeName(name))],
  ['escapeUnseen says the same', (name) => JSON.parse(text.escapeUnsafeCharacters(JSON.stringify(name))) === name],
  ['escapeUnseen leaves nothing that acts', (name) => !ACTS.test(text.escapeUnsafeCharacters(JSON.stringify(name)))],
  ['terminalText leaves nothing that acts', (name) => !ACTS_IN_LINES.test(text.sanitizeForTerminal(name))],
  ['terminalText changes nothing twice', (name) => isSteady(name, text.sanitizeForTerminal)],
  [
    'terminalPrint has colours alone',
    (name) => !ACTS_IN_LINES.test(text.sanitizeStyledForTerminal(name).replace(OWN_COLOURS, '')),
  ],
  ['terminalPrint ends its colours', (name) => endsColours(text.sanitizeStyledForTerminal(`\u001b[31m${name}`))],
  ['terminalPrint changes nothing twice', (name) => isSteady(name, text.sanitizeStyledForTerminal)],
  ['the snippet’s name stays below the root', staysBelow],
  ['both sides agree on a name', bothAgree],
  ['an uploaded name is taken', (name) => isTaken(uploadName(name.slice(0, 200), new Set()))],
  ['a fetched name is taken', (name) => isTaken(fetchedName(fetchedAs(name)))],
  ['a fetched name is no other twice', (name) => fetchedName(fetchedAs(name)) !== ''],
  ['a drawn name is taken or too long', (name) => isTaken(drawingName(name.slice(0, 60), 'png', () => false))],
  ['a portable name is portable', (name) => isPortable(portableName(name))],
  ['a portable name is so twice', (name) => isSteady(name, portableName)],
  ['a header has plain ASCII', (name) => /^[\x20-\x7e]+$/.test(dispositionOf(name, 'attachment'))],
  ['a header can be set', (name) => new Headers({ a: dispositionOf(name, 'inline') }).has('a')],
]

function isSteady(name: string, clean: (name: string) => string): boolean {
  const once = clean(name)
  return clean(once) === once
}

function endsColours(printed: string): boolean {
  const last = [...printed.matchAll(OWN_COLOURS)].at(-1)?.[0]
  return last === undefined || /(?:^|[[;])0m$/.test(last)
}

function staysBelow(path: string): boolean {
  const name = nameBelowRoot(path)
  if (name === undefined || name === '' || nameProblem(name) !== undefined) return true
  const full = posix.join('/root', name)
  return full.startsWith('/root/') && !name.split('/').includes('..') && nameBelowRoot(name) === name && isTaken(name)
}

/** The parent accepts every name that a snippet may write, and no accepted name has characters that act. */
function bothAgree(name: string): boolean {
  const own = name.normalize('NFC')
  const isTakenHere = isTaken(own)
  const isGuests = nameBelowRoot(own) === own && own !== '' && nameProblem(own) === undefined
  return (!isGuests || isTakenHere) && (!isTakenHere || (!ACTS.test(own) && !text.hasUnsafeCharacters(own)))
}

function isTaken(name: string): boolean {
  try {
    checkName(name.normalize('NFC'))
    return true
  } catch (error) {
    if (!(error instanceof FileRefused) || ACTS.test(error.message)) throw error
    return false
  }
}

function fetchedAs(name: string) {
  const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`
  return { href: 'https://e.example/x', disposition, contentType: undefined, ending: undefined }
}

function isPortable(path: string): boolean {
  const parts = path.split('/')
  return (
    !ACTS.test(path) &&
    !text.hasUnsafeCharacters(path) &&
    !/[\\:*?"<>|\0]/.test(path) &&
    path === path.normalize('NFC') &&
    parts.every((part) => part !== '' && !/^[-. ]|[. ]$/.test(part) && !RESERVED.test(part)) &&
    parts.every((part) => Buffer.byteLength(part) <= 160)
  )
}

/** All names of one session together: as paths of a zip, and as files on a disk. */
async function checkTogether(names: readonly string[], folder: string | undefined): Promise<string | undefined> {
  const pathOf = createPortableNames()
  const paths = names.map((name) => pathOf('', name))
  if (!paths.every(isPortable)) return `not portable: ${JSON.stringify(paths.find((path) => !isPortable(path)))}`
  const folded = paths.map((path) => path.normalize('NFC').toLowerCase())
  if (new Set(folded).size < folded.length) return 'two paths of the zip are one where case is not minded'
  if (folded.some((path) => folded.some((other) => other.startsWith(`${path}/`)))) return 'a file is a folder too'
  if (folder === undefined) return undefined
  const root = join(folder, 'out')
  const outputs = createOutputs(root)
  const source = join(folder, 'source')
  for (const name of names.filter(isTaken)) {
    const wrote = await outputs.write(name, source).catch((error: NodeJS.ErrnoException) => error.code ?? 'untyped')
    // The folder of one name is the file of another.
    if (typeof wrote === 'string' && !['ENOTDIR', 'EEXIST', 'EISDIR', 'EASEL_OUT'].includes(wrote))
      return `${wrote} on the disk for ${JSON.stringify(name)}`
    if (typeof wrote !== 'string' && !realpathSync(wrote.path).startsWith(realpathSync(root) + sep))
      return `outside: ${wrote.path}`
  }
  const beside = readdirSync(folder).filter((name) => name !== 'out' && name !== 'source')
  rmSync(root, { recursive: true, force: true })
  return beside.length > 0 ? `beside the root: ${JSON.stringify(beside)}` : undefined
}

/** Tries names until `isOver` returns true; keeps at most 20 failures. */
export async function fuzzFileNames(seed: number, isOver: (names: number) => boolean): Promise<Fuzzed> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-names-'))
  writeFileSync(join(folder, 'source'), 'x')
  const failures: string[] = []
  let names = 0
  const fail = (round: number, what: string): void => {
    if (failures.length < 20) failures.push(`seed ${seed + round}: ${what}`)
  }
  try {
    for (let round = 0; !isOver(names); round++) {
      const random = randoms(seed + round)
      const some = Array.from({ length: 20 }, () => nameFrom(random))
      for (const name of some) for (const [what, holds] of CHECKS) tryOne(what, name, holds, (why) => fail(round, why))
      const why = await checkTogether(some, round % 4 === 0 ? folder : undefined).catch(
        (error: unknown) => `together: ${String(error)}`,
      )
      if (why !== undefined) fail(round, why)
      names += some.length
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return { names, failures }
}

function tryOne(what: string, name: string, holds: (name: string) => boolean, fail: (why: string) => void): void {
  try {
    if (!holds(name)) fail(`${what}: ${JSON.stringify(name)}`)
  } catch (error) {
    fail(`${what}: ${JSON.stringify(name)} threw ${String(error)}`)
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } })
  const end = performance.now() + Number(values.seconds ?? 60) * 1000
  const { names, failures } = await fuzzFileNames(Number(values.seed ?? 1), () => performance.now() > end)
  process.stdout.write(`${names} names, ${failures.length} failures\n${failures.map((one) => `${one}\n`).join('')}`)
  process.exitCode = failures.length > 0 ? 1 : 0
}
