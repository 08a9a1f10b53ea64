// What the guest remembers of each context, beside what the real one knows.
import { makeTextState, type TextState } from './text.ts'

/** What the guest knows of a context. `careful`: drawing may throw, so every call is asked at once. */
export interface Memory {
  readonly text: TextState
  careful: boolean
  fillStyle: object | undefined
  strokeStyle: object | undefined
}

const memories = new WeakMap<object, Memory>()

/** Begins to remember a context just made. */
export function remember(context: object): void {
  memories.set(context, { text: makeTextState(), careful: false, fillStyle: undefined, strokeStyle: undefined })
}

/** What is known of this context; throws on a foreign object. */
export function memoryOf(context: object): Memory {
  const memory = memories.get(context)
  if (!memory) throw new TypeError('Illegal invocation')
  return memory
}

/** A canvas that gets a new size forgets its context's state. */
export function forget(context: object): void {
  const memory = memoryOf(context)
  memory.text.reset()
  memory.careful = false
}
