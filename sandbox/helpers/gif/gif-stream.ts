// What `animate` needs of a GIF in the making; behind it are worker threads, here or on the other side of the wall.
import type { GifOptions, RawFrame } from './frame.ts'

export interface GifSession {
  /**
   * Takes the next frame, shown for `delay` milliseconds (by default as the options have it); resolves when there is room for another, so await it before making one. The frame's
   * bytes are copied before the promise resolves.
   */
  add(frame: RawFrame, delay?: number): Promise<void>
  /** The file, when every frame is coded. */
  finish(): Promise<Uint8Array>
  /** Gives up; what is under way is dropped. */
  cancel(): void
}

export interface OpenOptions extends GifOptions {
  /** Frames to come, as far as is known: only told with the progress. */
  readonly total?: number
  /** Frames coded so far; the last call comes before `finish` resolves. */
  readonly onProgress?: (done: number) => void
}

/** Throws a RangeError for options that a GIF cannot hold. */
export type OpenGif = (options: OpenOptions) => GifSession
