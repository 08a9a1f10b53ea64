// Generates multipart forms, honest and malformed: boundaries, headers, names and sizes.
import { createHash } from 'node:crypto'
import type { Random } from './random.ts'

export interface Form {
  readonly type: string
  readonly bytes: Buffer
  /** A content-length that may be wrong. */
  readonly length?: string
  /** The expected names and hashes, in order, if it is an honest form within the limits. */
  readonly files?: readonly (readonly [name: string, hash: string])[]
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

const NAMES = ['a.txt', '猫.png', 'a b;c=d.csv', "it's.txt", 'x'.repeat(300), 'é.txt', '.hidden', 'con', 'a%22b.txt']
const BAD_NAMES = [
  '../../etc/passwd',
  '..\\..\\boot.ini',
  '/etc/shadow',
  '',
  '.',
  '..',
  'a\0b',
  'a\nb',
  'a\r\nX: y',
  '"',
  '\\',
  '\\"',
  '\u202egnp.exe',
  '\u001b[8m',
  '%00',
  '%',
  '%zz',
  "UTF-8''%e2%82%ac",
  'x'.repeat(20_000),
  '\ufeff',
  '\u0080',
  'CON',
  'nul.',
]
const BOUNDARIES = ['x', '----WebKitFormBoundaryAbCdEf0123456789', "'()+_,-./:=?", 'b'.repeat(70)]

/** Honest in a quarter of all cases. */
export function formOf(random: Random): Form {
  const boundary = random.pick(BOUNDARIES)
  const type = `multipart/form-data; boundary=${/^[\w-]+$/.test(boundary) ? boundary : `"${boundary}"`}`
  if (random.chance(0.25)) return honestForm(random, boundary, type)
  const count = random.pick([0, 1, 1, 2, 3, 5, 30])
  const parts = Array.from({ length: count }, () => partOf(random, boundary))
  const whole = [...edge(random), ...parts, Buffer.from(closing(random, boundary)), ...edge(random)]
  const bytes = bent(random, Buffer.concat(whole))
  const length = random.chance(0.1) ? { length: random.pick(['0', '-1', '1e9', '99999999999', 'x', '5']) } : {}
  return { type: random.chance(0.1) ? badType(random, boundary) : type, bytes, ...length }
}

function honestForm(random: Random, boundary: string, type: string): Form {
  const files = Array.from({ length: 1 + random.below(4) }, () => ({
    name: random.pick(NAMES),
    bytes: contentOf(random, boundary, random.pick([0, 1, 500, 3000])),
  }))
  const parts = files.map(({ name, bytes }) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${disposition('files', name)}\r\n\r\n`), bytes, Buffer.from('\r\n')]),
  )
  return {
    type,
    bytes: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    files: files.map(({ name, bytes }) => [name.replaceAll('%22', '"'), hashOf(bytes)] as const),
  }
}

const disposition = (field: string, name: string): string =>
  `Content-Disposition: form-data; name="${field}"; filename="${name}"`

/** Bytes that resemble a boundary, or any bytes. */
function contentOf(random: Random, boundary: string, length: number): Buffer {
  const filler = random.pick(['\r\n', '\r\n--', `\r\n--${boundary.slice(0, -1)}\r\n`, '--', '\0', 'a', '\r', '\n\r'])
  return random.chance(0.4) ? random.bytes(length) : Buffer.from(filler.repeat(length).slice(0, length))
}

function partOf(random: Random, boundary: string): Buffer {
  const name = random.chance(0.5) ? random.pick(NAMES) : random.pick(BAD_NAMES)
  const field = random.pick(['files', 'files', 'files', 'other', '', '__proto__', 'files[]'])
  const header = random.pick<() => string>([
    () => disposition(field, name),
    () => disposition(field, name),
    () =>
      `${disposition(field, name)}\r\nContent-Type: ${random.pick(['text/plain', 'x; charset=utf-16', ';;;', '', 'a/b; charset="'])}`,
    () => `content-disposition:form-data;name=${field};filename=${name}`,
    () =>
      `Content-Disposition: form-data; name="${field}"; filename*=${random.pick(["UTF-8''%e2%82%ac.txt", "utf-8'en'%", "x''%ff", "''"])}`,
    () => `Content-Disposition: ${random.pick(['attachment', 'form-data', '', ';', '"', 'form-data; name="files'])}`,
    () => `Content-Disposition: form-data; name="${field}"`,
    () => 'X: '.padEnd(random.pick([10, 16_383, 16_384, 17_000, 100_000]), 'x'),
    () => Array.from({ length: random.pick([3, 49, 50, 51, 2000]) }, (_, n) => `X${n}: y`).join('\r\n'),
    () =>
      `${disposition(field, name)}\r\nContent-Transfer-Encoding: ${random.pick(['base64', 'binary', 'quoted-printable'])}`,
    () => `${disposition(field, name)}\r\n${disposition('files', 'twice.txt')}`,
    () => random.bytes(random.below(60)).toString('latin1'),
    () => '__proto__: x\r\nconstructor: y',
    () => '',
  ])()
  const size = random.pick([0, 1, 100, 4999, 5000, 5001, 13_000, 70_000])
  const breaks = random.chance(0.9) ? ['\r\n', '\r\n\r\n', '\r\n'] : ['\n', '\n\n', '\n']
  return Buffer.concat([
    Buffer.from(`--${boundary}${breaks[0]}${header}${breaks[1]}`),
    contentOf(random, boundary, size),
    Buffer.from(breaks[2]!),
  ])
}

function closing(random: Random, boundary: string): string {
  return random.chance(0.8)
    ? `--${boundary}--\r\n`
    : random.pick(['', `--${boundary}`, `--${boundary}-`, `--${boundary}--`, `--${boundary}\r\n`])
}

/** Text before the first boundary or after the last. */
function edge(random: Random): Buffer[] {
  if (random.chance(0.85)) return []
  return [
    Buffer.from(
      random.pick(['\r\n', 'preamble\r\n', '--', 'x'.repeat(100_000), '\r\n'.repeat(5000), 'y'.repeat(1_100_000)]),
    ),
  ]
}

function badType(random: Random, boundary: string): string {
  return random.pick([
    'multipart/form-data',
    'multipart/form-data;',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=""',
    'text/plain',
    'application/json',
    `multipart/form-data; boundary=${boundary}; boundary=y`,
    'multipart/mixed; boundary=x',
    `multipart/form-data; boundary="${'b'.repeat(5000)}"`,
    'multipart/form-data; boundary="\\"',
    'MULTIPART/FORM-DATA ; BOUNDARY=x',
    "multipart/form-data; boundary*=UTF-8''%ff",
    'multipart/form-data; boundary=--',
    'multipart/form-data; charset=x; boundary=x',
  ])
}

/** Changes, removes, inserts or cuts bytes in a quarter of the cases. */
function bent(random: Random, bytes: Buffer): Buffer {
  if (bytes.length === 0 || random.chance(0.75)) return bytes
  const at = random.below(bytes.length)
  return random.pick<() => Buffer>([
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from([random.below(256)]), bytes.subarray(at + 1)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + random.below(20))]),
    () => Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(20)), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(0, at)]),
    () => bytes.subarray(0, at),
  ])()
}
