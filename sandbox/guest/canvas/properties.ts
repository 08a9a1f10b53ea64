// Properties of a context: set by recorded commands, read synchronously from the real context.
import { markAccepted, isAccepted } from './accepted.ts'
import { contextStateOf, type ContextState } from './context-memory.ts'
import { handleOf, nativeOf } from './handles.ts'
import { PROPERTIES, TEXT_PROPERTIES } from './command-table.ts'
import { begin, codeOf, put, putString, request } from './wire.ts'

/** Their setters may throw, or they affect text metrics: a value not seen before is sent synchronously. */
const CHECKED: ReadonlySet<string> = new Set([...TEXT_PROPERTIES, 'shadowColor'])
const TEXT: ReadonlySet<string> = new Set(TEXT_PROPERTIES)

/** Defines a getter and a setter for every property in the table. */
export function defineProperties(prototype: object, isOdd: (paint: object) => boolean): void {
  for (const [name, types] of Object.entries(PROPERTIES)) {
    const style = name === 'fillStyle' || name === 'strokeStyle' ? name : undefined
    const codes = Object.fromEntries(types.split('').map((type) => [type, codeOf('context', `=${name}`, type)]))
    Object.defineProperty(prototype, name, {
      enumerable: true,
      configurable: true,
      get(this: object): unknown {
        const value = request('canvas.get', { handle: handleOf(this, 'context'), name })
        // For a gradient or pattern, the same object that was set.
        return style && typeof value === 'object' ? contextStateOf(this)[style] : value
      },
      set(this: object, value: unknown) {
        const handle = handleOf(this, 'context')
        const memory = contextStateOf(this)
        const letter = letterOf(value)
        // The real setters silently ignore values of a wrong type; only `lang` throws. Primitive values are still sent,
        // so that the native half can add a note about them.
        if (letter === '' && name !== 'lang') return
        const code = codes[letter]
        if (style && code !== undefined) paint(memory, style, value, isOdd)
        if (code === undefined || memory.careful || !isKnown(name, value)) setNow(handle, name, value, memory)
        else setLater(code, handle, name, value, memory)
      },
    })
  }
}

function letterOf(value: unknown): string {
  if (typeof value === 'string') return value.includes('\0') ? 'odd' : 's'
  if (typeof value === 'number') return 'n'
  if (typeof value === 'boolean') return 'b'
  const kind = nativeOf(value)?.kind
  return kind === 'gradient' || kind === 'pattern' ? 'o' : ''
}

function isKnown(name: string, value: unknown): boolean {
  return !CHECKED.has(name) || isAccepted(name, value as string)
}

function paint(
  memory: ContextState,
  style: 'fillStyle' | 'strokeStyle',
  value: unknown,
  isOdd: (paint: object) => boolean,
): void {
  if (typeof value !== 'object' || value === null) return
  memory[style] = value
  if (isOdd(value)) memory.careful = true
}

function setLater(code: number, handle: number, name: string, value: unknown, memory: ContextState): void {
  begin(code, handle, 1)
  if (typeof value === 'string') putString(value)
  else if (typeof value === 'object') put(nativeOf(value)?.handle ?? 0)
  else put(Number(value))
  if (TEXT.has(name)) memory.text.set(name, value as string)
}

function setNow(handle: number, name: string, value: unknown, memory: ContextState): void {
  const now = request('canvas.set', { handle, name }, [value])
  if (now === value) markAccepted(name, value as string)
  if (TEXT.has(name)) memory.text.set(name, String(now))
}
