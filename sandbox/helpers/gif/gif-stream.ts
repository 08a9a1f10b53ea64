// The interface through which `animate` encodes a GIF; worker threads do the work, here or across the isolate wall.
import type { GifOptions, RawFrame } from './frame.ts'

export interface GifSession {
  /**
   * Takes the next frame, shown for `delay` milliseconds (by default as the options say). Resolves when there is space
   * for another, so await it before creating one. The frame's bytes are copied before the promise resolves.
   */
  add(frame: RawFrame, delay?: number): Promise<void>
  /** Resolves with the file when every frame is coded. */
  finish(): Promise<Uint8Array>
  /** Aborts; work in progress is dropped. */
  cancel(): void
}

export interface OpenOptions extends GifOptions {
  /** The expected number of frames if known; only reported with the progress. */
  readonly total?: number
  /** Number of frames coded so far; the last call comes before `finish` resolves. */
  readonly onProgress?: (done: number) => void
}

/** Starts a GIF. Throws a RangeError for options that a GIF cannot store. */
export type OpenGif = (options: OpenOptions) => GifSession
