// Replays a batch of drawing commands on the real objects; checks numbers, strings and handles against the table.
import { Path2D, type SKRSContext2D } from './skia.ts'
import { checkCentre } from '../../guest/canvas/centre.ts'
import { COMMANDS } from '../../guest/canvas/command-table.ts'
import type { Kind } from '../../guest/canvas/command-table.ts'
import { noteCanvasFont } from '../font-notes.ts'
import type { OperationContext } from '../operation.ts'
import type { CanvasSession } from './objects.ts'
import { checkTextLength } from './values.ts'

type Method = (...args: unknown[]) => unknown

/** What a batch carries beside its numbers: the strings they index, and handles that are no longer reachable. */
export interface Batch {
  readonly strings: readonly string[]
  readonly freed: readonly number[]
}

const RESULT_KINDS: Readonly<Record<string, Kind>> = {
  createLinearGradient: 'gradient',
  createRadialGradient: 'gradient',
  createConicGradient: 'gradient',
}

/** Draws a batch. An error of the real package ends it and is rethrown. */
export function replay(bytes: Uint8Array, batch: Batch, session: CanvasSession, context: OperationContext): void {
  const numbers = new Float64Array(bytes.slice().buffer)
  const cursor = { at: 0 }
  try {
    while (cursor.at < numbers.length) replayCommand(numbers, cursor, batch, session, context)
  } finally {
    for (const handle of batch.freed) session.free(handle)
  }
}

// The argument count of commands that take only numbers, else -1. Most do, and take the fast path.
const PLAIN = COMMANDS.map(([, name, signature]) =>
  /^n*$/.test(signature) && !name.startsWith('=') ? signature.length : -1,
)

function replayCommand(
  numbers: Float64Array,
  cursor: { at: number },
  batch: Batch,
  session: CanvasSession,
  context: OperationContext,
): void {
  const code = next(numbers, cursor)
  const command = COMMANDS[code]
  if (!command) throw malformed()
  const [kind, name, signature] = command
  const target = next(numbers, cursor)
  const count = PLAIN[code] as number
  if (count >= 0) {
    if (cursor.at + count > numbers.length) throw malformed()
    const args = Array.from(numbers.subarray(cursor.at, cursor.at + count))
    cursor.at += count
    checkCentre(name, args)
    ;(session.get(target, kind).object as Record<string, Method>)[name]?.(...args)
    return
  }
  const args: unknown[] = []
  let result: number | undefined
  for (const letter of signature) {
    if (letter === 'r') result = next(numbers, cursor)
    else args.push(read(letter, numbers, cursor, batch, session))
  }
  if (name === 'new') {
    session.add(parseHandle(result), 'path', new Path2D())
    return
  }
  const object = session.get(target, kind).object as Record<string, unknown>
  if (name.startsWith('=')) {
    const property = name.slice(1)
    object[property] = args[0]
    if (typeof args[0] === 'string') session.values.checkAssigned(object, property, args[0], context)
    if (property === 'font') noteCanvasFont(String(args[0]), context)
    return
  }
  checkCentre(name, args)
  const made = (object[name] as Method)(...args)
  if (drawsText(name)) session.texts.drawn(object as unknown as SKRSContext2D, name, args, context)
  if (result !== undefined) session.add(parseHandle(result), RESULT_KINDS[name] ?? 'gradient', made as object)
}

/** Whether a method of a context draws text. */
export function drawsText(method: string): boolean {
  return method === 'fillText' || method === 'strokeText'
}

function read(
  letter: string,
  numbers: Float64Array,
  cursor: { at: number },
  batch: Batch,
  session: CanvasSession,
): unknown {
  const value = next(numbers, cursor)
  switch (letter) {
    case 'n':
      return value
    case 'b':
      return value === 1
    case 's': {
      const text = batch.strings[value]
      if (text === undefined) throw malformed()
      return checkTextLength(text)
    }
    case 'p':
      return session.get(value, 'path').object
    case 'i':
      return session.get(value, 'canvas', 'image').object
    case 'c':
      return session.get(value, 'canvas').object
    case 'o':
      return session.get(value, 'gradient', 'pattern').object
    default:
      return list(value, numbers, cursor)
  }
}

function list(count: number, numbers: Float64Array, cursor: { at: number }): number[] {
  if (!Number.isInteger(count) || count < 0 || count > 1000) throw malformed()
  return Array.from({ length: count }, () => next(numbers, cursor))
}

function next(numbers: Float64Array, cursor: { at: number }): number {
  const value = numbers[cursor.at]
  if (value === undefined) throw malformed()
  cursor.at += 1
  return value
}

/** Validates a handle that the guest chose: a positive integer. */
export function parseHandle(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value
  throw malformed()
}

function malformed(): Error {
  return new Error('malformed canvas command')
}
