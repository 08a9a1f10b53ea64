// Batches drawing commands in one number array, sent with the next synchronous request or when it is full.
import { ask, call } from '../bridge.ts'
import { takeReleased } from './handles.ts'
import { COMMANDS } from './command-table.ts'
import type { Kind } from './command-table.ts'
import { decode, encode } from './values.ts'
import type { Json } from './values.ts'

/** Numbers in a batch (512 KB); a million commands cross in about a hundred batches. */
const CAPACITY = 65_536
const numbers = new Float64Array(CAPACITY)
let length = 0
let strings: string[] = []
let places = new Map<string, number>()
let characters = 0

const codes = new Map(COMMANDS.map(([kind, name, signature], code) => [`${kind} ${name} ${signature}`, code]))

/** A command's number; throws if the table does not contain it. */
export function codeOf(kind: Kind, name: string, signature: string): number {
  const code = codes.get(`${kind} ${name} ${signature}`)
  if (code === undefined) throw new Error(`no canvas command ${kind} ${name} ${signature}`)
  return code
}

/** Starts a command; up to `space` numbers follow through `put`. */
export function begin(code: number, handle: number, space: number): void {
  if (length + space + 2 > CAPACITY || characters > 1_000_000) flush()
  numbers[length++] = code
  numbers[length++] = handle
}

/** Appends a number (or a handle or boolean as a number) to the current command. */
export function put(value: number): void {
  numbers[length++] = value
}

/** Appends a string, sent once per batch however often it is used. */
export function putString(value: string): void {
  let place = places.get(value)
  if (place === undefined) {
    place = strings.length
    strings.push(value)
    places.set(value, place)
    characters += value.length
  }
  numbers[length++] = place
}

/** Sends the pending batch; throws the real package's error if a command in it fails. */
function flush(): void {
  if (length > 0) request('canvas.flush', {})
}

/** Sends the pending batch and a request; returns the real package's result or throws its error. */
export function request(operation: string, question: Json, values: readonly unknown[] = []): unknown {
  const bytes: Uint8Array[] = [new Uint8Array(numbers.slice(0, length).buffer)]
  const args = values.map((value) => encode(value, bytes))
  const batch = { strings, freed: takeReleased() }
  length = 0
  characters = 0
  strings = []
  places = new Map()
  const [answer, parts] = ask(operation, { ...question, batch, args }, bytes)
  return unwrap(answer, parts)
}

/** Awaits an operation that `request` started. */
export async function wait(operation: string, question: Json): Promise<unknown> {
  const [answer, parts] = await call(operation, question)
  return unwrap(answer, parts)
}

interface Envelope {
  readonly value?: unknown
  readonly error?: readonly [name: string, message: string, code?: string]
}

function unwrap(answer: unknown, parts: readonly Uint8Array[]): unknown {
  const { value, error } = answer as Envelope
  if (!error) return decode(value, parts)
  const [name, message, code] = error
  const made = new (name === 'TypeError' ? TypeError : name === 'RangeError' ? RangeError : Error)(message)
  if (code !== undefined) Object.assign(made, { code })
  throw made
}
