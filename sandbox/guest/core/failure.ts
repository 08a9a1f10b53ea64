// Flattens a thrown value into bounded strings inside the guest; nothing else of it crosses the wall.
import { cut, textOf } from './primordials.ts'

/** Contains only strings; `stack` includes the frames of the cell. */
export interface FlatError {
  readonly name: string
  readonly message: string
  readonly stack: string
  readonly code?: string
}

/** Reads name, message, stack and code of any thrown value; getters that throw count as missing. */
export function flatten(thrown: unknown): FlatError {
  if (thrown === null || (typeof thrown !== 'object' && typeof thrown !== 'function')) {
    return withoutPrototype({ name: 'Uncaught', message: cut(textOf(thrown), 2000), stack: '' })
  }
  const read = (key: string): string | undefined => {
    try {
      const value = (thrown as Record<string, unknown>)[key]
      return typeof value === 'string' ? value : undefined
    } catch {
      return undefined
    }
  }
  const code = read('code')
  const message = read('message') ?? textOf(thrown)
  return withoutPrototype({
    name: cut(read('name') ?? 'Error', 100),
    message: cut(message, 3000),
    stack: cut(read('stack') ?? '', 8000),
    ...(code === undefined ? {} : { code: cut(code, 60) }),
  })
}

/** Removes the prototype, so that a `toJSON` on the snippet's Object.prototype is not called. */
function withoutPrototype(flat: FlatError): FlatError {
  return { __proto__: null, ...flat } as FlatError
}
