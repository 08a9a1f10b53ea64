// Buffer encodings using V8's base64 and hex and the host's UTF-8; the npm package is 20 to 100 times slower.
import { withCode } from '../node-error.ts'
import { decodeUtf8, encodeUtf8 } from './text-encoding.ts'

type Coding = { toBase64(options?: object): string; toHex(): string }
type Decoding = { fromBase64(text: string, options?: object): Uint8Array; fromHex(text: string): Uint8Array }
const Bytes = Uint8Array as unknown as Decoding

const ENCODINGS: Readonly<Record<string, string>> = {
  utf8: 'utf8',
  'utf-8': 'utf8',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  ascii: 'ascii',
  latin1: 'latin1',
  binary: 'latin1',
  ucs2: 'utf16le',
  'ucs-2': 'utf16le',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
}

/** An encoding's canonical name; undefined if Node does not support it. */
export function encodingNamed(name: unknown): string | undefined {
  const plain = String(name).toLowerCase()
  return Object.hasOwn(ENCODINGS, plain) ? ENCODINGS[plain] : undefined
}

/** An encoding's canonical name; UTF-8 by default. Throws ERR_UNKNOWN_ENCODING. */
export function encodingOf(name: unknown): string {
  const found = name === undefined || name === null || name === '' ? 'utf8' : encodingNamed(name)
  if (!found) throw withCode(new TypeError(`Unknown encoding: ${String(name)}`), 'ERR_UNKNOWN_ENCODING')
  return found
}

/** Encodes a text; undefined for encodings left to the npm package. */
export function fromText(text: string, encoding: string): Uint8Array | undefined {
  switch (encoding) {
    case 'utf8':
      return encodeUtf8(text)
    case 'base64':
    case 'base64url':
      return fromBase64(text)
    case 'hex':
      return fromHex(text)
    default:
      return undefined
  }
}

/** Decodes bytes; undefined for encodings left to the npm package. */
export function toText(bytes: Uint8Array, encoding: string): string | undefined {
  switch (encoding) {
    case 'utf8':
      return decodeUtf8(bytes)
    case 'base64':
      return (bytes as unknown as Coding).toBase64()
    case 'base64url':
      return (bytes as unknown as Coding).toBase64({ alphabet: 'base64url', omitPadding: true })
    case 'hex':
      return (bytes as unknown as Coding).toHex()
    default:
      return undefined
  }
}

/** Byte length as Node computes it: for base64 from the text's length alone, whatever characters it contains. */
export function textLength(text: string, encoding: string): number {
  switch (encoding) {
    case 'utf8':
      return encodeUtf8(text).length
    case 'utf16le':
      return text.length * 2
    case 'hex':
      return text.length >>> 1
    case 'base64':
    case 'base64url': {
      const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
      return Math.floor(((text.length - padding) * 3) / 4)
    }
    default:
      return text.length
  }
}

/** Decodes base64 as Node does: accepts both alphabets, skips white space and everything after `=`. */
function fromBase64(text: string): Uint8Array {
  const end = text.indexOf('=')
  const clean = (end < 0 ? text : text.slice(0, end))
    .replace(/[^A-Za-z0-9+/_-]/g, '')
    .replace(/-/g, '+')
    .replace(/_/g, '/')
  const whole = clean.length % 4 === 1 ? clean.slice(0, -1) : clean
  return Bytes.fromBase64(whole, { lastChunkHandling: 'loose' })
}

/** Decodes hex as Node does: stops at the first invalid pair. */
function fromHex(text: string): Uint8Array {
  const good = /^(?:[0-9a-fA-F]{2})*/.exec(text)?.[0] ?? ''
  return Bytes.fromHex(good)
}
