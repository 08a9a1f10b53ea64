// Messages between the pool and a worker.
import type { FlatFrame } from '../../helpers/gif/flat.ts'
import type { CodedFrame, Quality } from '../../helpers/gif/frame.ts'

/** Pixels are in shared memory, one 0xAABBGGRR each, and do not change during the task. */
interface LookTask {
  readonly kind: 'look'
  readonly quality: Quality
  readonly width: number
  readonly height: number
  readonly holes: boolean
  readonly current: SharedArrayBuffer
  readonly previous: SharedArrayBuffer | undefined
  readonly next: SharedArrayBuffer | undefined
}

interface PaintTask {
  readonly kind: 'paint'
  readonly quality: Quality
  readonly flat: FlatFrame
  readonly shared: Uint8Array
}

export type Task = LookTask | PaintTask

export type Reply =
  | { readonly ok: true; readonly found: CodedFrame | FlatFrame }
  | { readonly ok: false; readonly name: string; readonly message: string }
