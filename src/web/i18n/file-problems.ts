// Why a file cannot be read or was not shown to the model, and what to do where that is known.
import type { FileVersion } from '../model/types.ts'
import { describeFileProblem } from '../../file-problem.ts'
import type { Words } from './en.ts'
import { zh } from './zh.ts'

/** Undefined if the file was read and can be used. */
export function fileProblemOf({ card }: Pick<FileVersion, 'card'>, words: Words): string | undefined {
  const trouble = describeFileProblem(card, words === zh ? 'zh' : 'en')
  const isUnread = card.kind === 'broken' && (card.cause === undefined || UNREAD.includes(card.cause))
  return isUnread ? words.broken(trouble ?? '') : trouble
}

/** Causes whose sentence does not itself say that the file cannot be read. */
const UNREAD: readonly unknown[] = ['empty', 'content', 'pixels']
