// Why a file cannot be read, or was not looked at, in a sentence that says what to do where that is known.
import type { MadeFile } from '../model/types.ts'
import { describeFileProblem } from '../../file-problem.ts'
import type { Words } from './en.ts'
import { zh } from './zh.ts'

/** Undefined of a file that was read and can be used. */
export function troubleWith({ card }: Pick<MadeFile, 'card'>, words: Words): string | undefined {
  const trouble = describeFileProblem(card, words === zh ? 'zh' : 'en')
  const isUnread = card.kind === 'broken' && (card.cause === undefined || UNREAD.includes(card.cause))
  return isUnread ? words.broken(trouble ?? '') : trouble
}

/** Whose sentence does not say by itself that it cannot be read. */
const UNREAD: readonly unknown[] = ['empty', 'content', 'pixels']
