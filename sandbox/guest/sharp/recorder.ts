// Replaces sharp's native module: each terminal call sends the recorded calls once.
import { type Answer, call } from '../bridge.ts'
import { noteOrder } from './order-notes.ts'
import { unpack } from './serialization.ts'
import { recordingOf } from './recording.ts'

/** The parts of sharp's options object that `toFile` or a stream sets. */
interface Settings {
  readonly fileOut: string
  readonly input: { readonly buffer?: Uint8Array }
  readonly debuglog: (warning: string) => void
  readonly queueListener: (length: number) => void
}
type Ending = 'buffer' | 'file' | 'metadata' | 'stats'
type Done = (error: unknown, ...results: unknown[]) => void

let underWay = 0

/** The number of operations in progress. */
export function pendingCount(): number {
  return underWay
}

/** sharp's native module as its JavaScript uses it. */
export default {
  pipeline(settings: Settings, done: Done): void {
    const ending = settings.fileOut ? 'file' : 'buffer'
    start(settings, ending, done, (value, bytes) => {
      done(null, ...bytes.map(toBuffer), value)
    })
    settings.queueListener(underWay)
  },
  metadata(settings: Settings, done: Done): void {
    start(settings, 'metadata', done, (value) => done(null, value))
  },
  stats(settings: Settings, done: Done): void {
    start(settings, 'stats', done, (value) => done(null, value))
  },
}

function start(settings: Settings, end: Ending, done: Done, finish: (value: unknown, bytes: Answer[1]) => void): void {
  underWay += 1
  const recording = recordingOf(settings)
  const { input, options, streamed, calls, bytes } = recording
  if (end === 'buffer' || end === 'file') {
    noteOrder(calls, recording.done)
    recording.done = calls.length
  }
  const sent = [...bytes]
  const stream = streamed && settings.input.buffer ? sent.push(settings.input.buffer) - 1 : undefined
  const request = { input, options, stream, calls, end, name: end === 'file' ? settings.fileOut : undefined }
  call('sharp.run', request, sent).then(
    ([answer, results]) => {
      finishOperation(settings, end)
      const { value, warnings } = answer as { value: unknown; warnings: string[] }
      for (const warning of warnings) settings.debuglog(warning)
      finish(
        unpack(value, (index) => toBuffer(results[index]!)),
        results,
      )
    },
    (error: unknown) => {
      finishOperation(settings, end)
      done(error)
    },
  )
}

function finishOperation(settings: Settings, end: Ending): void {
  underWay -= 1
  if (end === 'buffer' || end === 'file') settings.queueListener(underWay)
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
}
