// State that the guest keeps for each drawing context in addition to the native one.
import { makeTextState, type TextState } from './text.ts'

/** Guest-side state of a context. `careful`: drawing may throw, so every call is sent synchronously. */
export interface ContextState {
  readonly text: TextState
  careful: boolean
  fillStyle: object | undefined
  strokeStyle: object | undefined
}

const contextStates = new WeakMap<object, ContextState>()

/** Creates the state of a new context. */
export function createContextState(context: object): void {
  contextStates.set(context, { text: makeTextState(), careful: false, fillStyle: undefined, strokeStyle: undefined })
}

/** The state of a context; throws a TypeError for any other object. */
export function contextStateOf(context: object): ContextState {
  const memory = contextStates.get(context)
  if (!memory) throw new TypeError('Illegal invocation')
  return memory
}

/** Resets the state, as resizing a canvas resets its context. */
export function resetContextState(context: object): void {
  const memory = contextStateOf(context)
  memory.text.reset()
  memory.careful = false
}
