// The calls made on each sharp object, kept apart from sharp's options object: the native half receives calls, never
// options.
import { pack } from './serialization.ts'

/**
 * The calls of one sharp object; `args` are packed at the time of the call, so later changes to an object have no
 * effect.
 */
export interface Recording {
  /** The constructor got no input: bytes are written to the object. */
  readonly streamed: boolean
  readonly input: unknown
  readonly options: unknown
  readonly calls: (readonly [method: string, args: readonly unknown[]])[]
  readonly bytes: Uint8Array[]
  /** The number of calls at the last output or clone; repeated steps after it intentionally replace earlier ones. */
  done: number
  /** A recorded method is running, so the methods that it calls are not recorded. */
  inside: boolean
}

const recordings = new WeakMap<object, Recording>()

/** Starts recording a new sharp object, given its constructor's arguments. */
export function begin(settings: object, input: unknown, options: unknown, streamed: boolean): void {
  const bytes: Uint8Array[] = []
  const start = { streamed, input: pack(input, bytes), options: pack(options, bytes) }
  recordings.set(settings, { ...start, calls: [], bytes, done: 0, inside: false })
}

/** The recording of a sharp object, looked up by its options object. */
export function recordingOf(settings: object): Recording {
  const recording = recordings.get(settings)
  if (!recording) throw new Error('This is not a sharp object')
  return recording
}

/** Gives a clone its own copy of the calls so far. */
export function copy(from: object, to: object): void {
  const { calls, bytes, ...rest } = recordingOf(from)
  recordings.set(to, { ...rest, calls: [...calls], bytes: [...bytes], done: calls.length, inside: false })
}

/** Runs a method and records the call if it succeeds; trailing undefined arguments are dropped. */
export function record<T>(settings: object, method: string, args: readonly unknown[], run: () => T): T {
  const recording = recordingOf(settings)
  if (recording.inside) return run()
  // Packed before the call, since sharp adds defaults to some of the objects passed to it.
  const bytes = [...recording.bytes]
  const packed = args.slice(0, args.findLastIndex((arg) => arg !== undefined) + 1).map((arg) => pack(arg, bytes))
  recording.inside = true
  try {
    const result = run()
    recording.calls.push([method, packed])
    recording.bytes.push(...bytes.slice(recording.bytes.length))
    return result
  } finally {
    recording.inside = false
  }
}
