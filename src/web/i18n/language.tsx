// Which language the interface speaks: the person's choice, else the browser's.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { keep, recall } from '../hooks/local-storage.ts'
import type { RequestProblem } from '../api/problem.ts'
import { en, type Words } from './en.ts'
import { zh } from './zh.ts'

interface Language {
  readonly words: Words
  readonly toggle: () => void
}

const Context = createContext<Language>({ words: en, toggle: () => undefined })
const KEY = 'language'

/** Provides the words to everything inside. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [words, setWords] = useState(first)
  useEffect(() => {
    document.documentElement.lang = words.lang
  }, [words])
  const language = useMemo(() => {
    const toggle = (): void => {
      const next = words === en ? zh : en
      keep(KEY, next.lang)
      setWords(next)
    }
    return { words, toggle }
  }, [words])
  return <Context value={language}>{children}</Context>
}

/** The words of the language that is chosen. */
export const useWords = (): Words => useContext(Context).words
export const useLanguage = (): Language => useContext(Context)

/** A problem as a sentence. */
export function sayProblem(words: Words, { code, message }: Pick<RequestProblem, 'code' | 'message'>): string {
  return words.problems[code] ?? message
}

function first(): Words {
  const wanted = recall(KEY) ?? navigator.language
  return wanted.toLowerCase().startsWith('zh') ? zh : en
}
