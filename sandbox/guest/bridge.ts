// The guest's end of the isolate wall: strings and fresh byte arrays, nothing else.
// Guest modules reach the native side only through `call` (asynchronous) and `ask` (synchronous).

/** The result of an operation: a JSON value and byte arrays. */
export type Answer = readonly [value: unknown, bytes: readonly Uint8Array[]]

/** The host's two callbacks, connected once before any snippet runs. */
export interface Transport {
  call(operation: string, args: unknown, bytes: readonly Uint8Array[]): Promise<Answer>
  ask(operation: string, args: unknown, bytes: readonly Uint8Array[]): Answer
}

let transport: Transport | undefined

/** Connects the guest modules to their native halves. */
export function connect(to: Transport): void {
  transport = to
}

/** Starts a native operation; rejects with the native half's error (name, message, code). */
export function call(operation: string, args: unknown, bytes: readonly Uint8Array[] = []): Promise<Answer> {
  if (!transport) throw new Error('the guest bridge is not connected')
  return transport.call(operation, args, bytes)
}

/** Runs a native operation synchronously; throws the native half's error (name, message, code). */
export function ask(operation: string, args: unknown, bytes: readonly Uint8Array[] = []): Answer {
  if (!transport) throw new Error('the guest bridge is not connected')
  return transport.ask(operation, args, bytes)
}

let cells = 0

/** The number of the cell: what an earlier one left unfinished never ends. */
export function cellNumber(): number {
  return cells
}

/** Another cell is next, and nothing comes of what this one asked for. */
export function endCell(): void {
  cells++
}
