// Codes a frame in two steps, each on any thread: analyse it, and if it is flat, paint it with the shared palette.
import { difference, type Scene } from './difference.ts'
import { createFlatCoder } from './flat-coder.ts'
import { createFlatReader, type FlatFrame } from './flat.ts'
import { EFFORT, type CodedFrame, type Quality } from './frame.ts'
import { createLzw } from './lzw/lzw.ts'
import { createSearchingLzw } from './lzw/lzw-search.ts'
import { createPhotoCoder } from './photo-coder.ts'
import { createWalk } from './strip.ts'

export interface FrameCoder {
  /** Codes a photographic frame; returns a flat one as runs, to be painted once the shared palette is known. */
  look(scene: Scene): CodedFrame | FlatFrame
  paint(flat: FlatFrame, shared: Uint8Array): CodedFrame
}

/** Holds the working memory of one thread. The result depends only on the arguments, not on earlier frames. */
export function createFrameCoder(quality: Quality): FrameCoder {
  const effort = EFFORT[quality]
  const walk = createWalk()
  const searching = createSearchingLzw()
  const readFlat = createFlatReader()
  const paint = createFlatCoder(effort, searching)
  const codePhoto = createPhotoCoder(effort, createLzw(), searching)
  return {
    look(scene) {
      const change = difference(scene)
      return readFlat(scene, change, walk) ?? codePhoto(scene, change, walk)
    },
    paint,
  }
}
