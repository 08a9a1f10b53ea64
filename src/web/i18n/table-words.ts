// The texts of tables, which are not needed before the first table is: only what is loaded later imports this.
import type { Words } from './en.ts'
import { useWords } from './language.tsx'
import { tableWordsEn, type TableWords } from './table-words-en.ts'
import { tableWordsZh } from './table-words-zh.ts'

/** All texts, with those of tables. */
export interface WordsWithTables extends Words {
  readonly tables: TableWords
}

const known = new WeakMap<Words, WordsWithTables>()

/** The texts in the current language, with those of tables. */
export function useTableWords(): WordsWithTables {
  const words = useWords()
  const all = known.get(words) ?? { ...words, tables: words.lang === 'en' ? tableWordsEn : tableWordsZh }
  known.set(words, all)
  return all
}
