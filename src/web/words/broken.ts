// Why a file cannot be read, or was not looked at, in a sentence that says what to do where that is known.
import type { MadeFile } from '../model/shapes.ts'
import type { Words } from './en.ts'

/** Undefined of a file that was read. */
export function troubleWith({ name, card }: MadeFile, words: Words): string | undefined {
  if (card.kind !== 'broken') return card.problem === undefined ? undefined : words.unseen(card.problem)
  const isHeic = /hei[cf]/.test(card.mime) || /\.hei[cf]$/i.test(name)
  return isHeic ? words.heic : words.broken(card.problem ?? '')
}
