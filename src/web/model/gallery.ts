// All pictures made in a conversation, in order, each with the picture that it can be compared with.
import { kindOf } from './file-kind.ts'
import { filesMade } from './pictures.ts'
import type { FileVersion, Turn } from './types.ts'

export interface GalleryPicture {
  readonly file: FileVersion
  readonly before: FileVersion | undefined
}

export function galleryOf(turns: readonly Turn[]): readonly GalleryPicture[] {
  return turns.flatMap((turn) =>
    filesMade(turn)
      .filter(({ card }) => kindOf(card) === 'picture')
      .map((file) => ({ file, before: turn.before })),
  )
}
