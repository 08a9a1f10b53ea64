// Builds the methods of guest classes from the command table: calls with valid arguments are recorded, all others are
// sent synchronously.
import { checkCentre } from './centre.ts'
import { bind, handleOf, nativeOf, newHandle } from './handles.ts'
import { COMMANDS } from './command-table.ts'
import type { Kind } from './command-table.ts'
import { begin, codeOf, put, putString, request } from './wire.ts'

interface Variant {
  readonly code: number
  readonly letters: string
}

/**
 * Runs before a call is recorded; false sends it synchronously instead, so that the real package's error is thrown
 * here.
 */
export type Guard = (self: object, name: string, args: readonly unknown[]) => boolean

/** Methods with an optional last argument that may be passed as undefined (Chart.js does). */
const TRIMMED: ReadonlySet<string> = new Set([
  'fillText',
  'strokeText',
  'arc',
  'ellipse',
  'roundRect',
  'fill',
  'clip',
  'stroke',
])

/** All commands of a kind, grouped by method name. */
export function variantsOf(kind: Kind): Map<string, Variant[]> {
  const found = new Map<string, Variant[]>()
  for (const [of, name, letters] of COMMANDS) {
    if (of !== kind || name.startsWith('=') || name === 'new') continue
    const list = found.get(name) ?? []
    list.push({ code: codeOf(kind, name, letters), letters })
    found.set(name, list)
  }
  return found
}

/** Defines a method that records a command if its arguments match a variant and `guard` agrees. */
export function defineRecorded(
  prototype: object,
  kind: Kind,
  name: string,
  variants: readonly Variant[],
  guard: Guard,
): void {
  const method = (self: object, given: readonly unknown[]): unknown => {
    const handle = handleOf(self, kind)
    const args = TRIMMED.has(name) && given.at(-1) === undefined ? given.slice(0, -1) : given
    if (name === 'arc' || name === 'ellipse') checkCentre(name, args)
    const variant = variants.find(({ letters }) => letters.length === args.length && fits(letters, args))
    if (!variant || !guard(self, name, args)) return invoke(self, kind, name, args)
    write(variant, handle, args)
    return name === 'setTransform' ? null : undefined
  }
  define(prototype, name, method)
}

/** Defines a method that is always sent synchronously. */
export function defineSynchronous(prototype: object, kind: Kind, name: string): void {
  define(prototype, name, (self, args) => invoke(self, kind, name, args))
}

/** Defines a method with the same attributes as the real package's methods. */
export function define(
  prototype: object,
  name: string,
  run: (self: object, args: readonly unknown[]) => unknown,
): void {
  const method = {
    [name](this: object, ...args: unknown[]): unknown {
      return run(this, args)
    },
  }[name]
  Object.defineProperty(prototype, name, { value: method, writable: true, enumerable: true, configurable: true })
}

/** Calls the real method synchronously; a Path2D method that returns its own object returns `self`. */
export function invoke(self: object, kind: Kind, name: string, args: readonly unknown[]): unknown {
  const handle = handleOf(self, kind)
  const answer = request('canvas.invoke', { handle, method: name }, args)
  return isSelf(answer, handle) ? self : answer
}

/** Creates a native object without a round trip: the handle is allocated here and sent with the command. */
export function make<T extends object>(object: T, kind: Kind, code: number, owner: number, args: readonly number[]): T {
  const handle = newHandle()
  begin(code, owner, args.length + 1)
  put(handle)
  for (const value of args) put(value)
  bind(object, kind, handle)
  return object
}

function isSelf(answer: unknown, handle: number): boolean {
  return typeof answer === 'object' && answer !== null && (answer as { $self?: unknown }).$self === handle
}

function fits(letters: string, args: readonly unknown[]): boolean {
  for (let index = 0; index < letters.length; index++) {
    const value = args[index]
    switch (letters[index]) {
      case 'n':
        if (typeof value !== 'number') return false
        break
      case 's':
        if (typeof value !== 'string' || value.includes('\0')) return false
        break
      case 'b':
        if (typeof value !== 'boolean') return false
        break
      case 'v':
        if (!isSmallList(value)) return false
        break
      default:
        if (!isNative(value, letters[index] as string)) return false
    }
  }
  return true
}

function isNative(value: unknown, letter: string): boolean {
  const kind = nativeOf(value)?.kind
  if (letter === 'p') return kind === 'path'
  if (letter === 'c') return kind === 'canvas'
  return letter === 'i' && (kind === 'canvas' || kind === 'image')
}

function isSmallList(value: unknown): boolean {
  return Array.isArray(value) && value.length <= 1000 && value.every((item) => typeof item === 'number')
}

function write(variant: Variant, handle: number, args: readonly unknown[]): void {
  const list = variant.letters === 'v' ? (args[0] as number[]) : undefined
  begin(variant.code, handle, list ? list.length + 1 : args.length)
  if (list) {
    put(list.length)
    for (const item of list) put(item)
    return
  }
  for (const value of args) {
    if (typeof value === 'number') put(value)
    else if (typeof value === 'string') putString(value)
    else if (typeof value === 'boolean') put(value ? 1 : 0)
    else put(nativeOf(value)?.handle ?? 0)
  }
}
