// What a snippet threw, flattened to bounded strings inside the guest: nothing else of it crosses the wall.
import { cut, textOf } from './primordials.ts'

/** Strings only; `stack` holds the frames that name the cell. */
export interface Flat {
  readonly name: string
  readonly message: string
  readonly stack: string
  readonly code?: string
}

/** Reads name, message, stack and code of anything; getters that throw count as missing. */
export function flatten(thrown: unknown): Flat {
  if (thrown === null || (typeof thrown !== 'object' && typeof thrown !== 'function')) {
    return own({ name: 'Uncaught', message: cut(textOf(thrown), 2000), stack: '' })
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
  return own({
    name: cut(read('name') ?? 'Error', 100),
    message: cut(message, 3000),
    stack: cut(read('stack') ?? '', 8000),
    ...(code === undefined ? {} : { code: cut(code, 60) }),
  })
}

/** Without a prototype: `toJSON` of the snippet's Object.prototype has no say. */
function own(flat: Flat): Flat {
  return { __proto__: null, ...flat } as Flat
}
