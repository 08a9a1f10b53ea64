// Why a file cannot be read, in a sentence that says what to do where that is known.
import type { MadeFile } from '../model/shapes.ts'
import type { Words } from './en.ts'

export function whyBroken({ name, card }: MadeFile, words: Words): string {
  const isHeic = /hei[cf]/.test(card.mime) || /\.hei[cf]$/i.test(name)
  return isHeic ? words.heic : words.broken(card.problem ?? '')
}
