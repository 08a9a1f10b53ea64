// arquero's own is-readable-stream.js: in the sandbox its streams are async iterables.

/** Whether a value is what this folder's functions make. */
export function isReadableStream(value: unknown): boolean {
  return typeof (value as { [Symbol.asyncIterator]?: unknown } | null)?.[Symbol.asyncIterator] === 'function'
}
