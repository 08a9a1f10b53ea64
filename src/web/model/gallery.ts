// All pictures of a conversation in the order in which they were made, each with what it can be compared with.
import { kindOf } from './file-kind.ts'
import { filesMade } from './pictures.ts'
import type { MadeFile, Turn } from './types.ts'

export interface Shown {
  readonly file: MadeFile
  readonly before: MadeFile | undefined
}

export function galleryOf(turns: readonly Turn[]): readonly Shown[] {
  return turns.flatMap((turn) =>
    filesMade(turn)
      .filter(({ card }) => kindOf(card) === 'picture')
      .map((file) => ({ file, before: turn.before })),
  )
}
