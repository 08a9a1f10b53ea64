// One frame's work, in two steps that any thread may do for any frame: look at it, and paint it if it was flat.
import { difference, type Scene } from './difference.ts'
import { createFlatCoder } from './flat-coder.ts'
import { createFlatReader, type FlatFrame } from './flat.ts'
import { EFFORT, type CodedFrame, type Quality } from './frame.ts'
import { createLzw } from './lzw/lzw.ts'
import { createSearchingLzw } from './lzw/lzw-search.ts'
import { createPhotoCoder } from './photo-coder.ts'
import { createWalk } from './strip.ts'

export interface FrameCoder {
  /** Codes a photographic frame; a flat one comes back as runs, to be painted once the shared palette is known. */
  look(scene: Scene): CodedFrame | FlatFrame
  paint(flat: FlatFrame, shared: Uint8Array): CodedFrame
}

/** The working memory of one thread. What comes out depends on the arguments alone, not on earlier frames. */
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
