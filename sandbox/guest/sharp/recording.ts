// What was called on each sharp object, kept beside sharp's own options object: the native half gets calls, never options.
import { pack } from './parcel.ts'

/** The calls of one sharp object; `args` are packed when the call is made, so later changes to an object do not count. */
export interface Recording {
  /** Nothing was given to the constructor: bytes are written to the object. */
  readonly streamed: boolean
  readonly input: unknown
  readonly options: unknown
  readonly calls: (readonly [method: string, args: readonly unknown[]])[]
  readonly bytes: Uint8Array[]
  /** How many calls there were at the last output, or when it was cloned: a later one is meant to replace those. */
  done: number
  /** A recorded method is running: what it calls itself is not recorded. */
  inside: boolean
}

const recordings = new WeakMap<object, Recording>()

/** Starts the recording of a new sharp object with what its constructor got. */
export function begin(settings: object, input: unknown, options: unknown, streamed: boolean): void {
  const bytes: Uint8Array[] = []
  const start = { streamed, input: pack(input, bytes), options: pack(options, bytes) }
  recordings.set(settings, { ...start, calls: [], bytes, done: 0, inside: false })
}

/** The recording of a sharp object, found by its options object. */
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

/** Runs a method and records it when it succeeds; trailing undefined arguments are left out. */
export function record<T>(settings: object, method: string, args: readonly unknown[], run: () => T): T {
  const recording = recordingOf(settings)
  if (recording.inside) return run()
  // Packed before the run, since sharp fills in defaults in some of the objects it is given.
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
