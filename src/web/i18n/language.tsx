// The language of the interface: the user's choice, or else the browser's.
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { storePreference, readPreference } from '../hooks/local-storage.ts'
import type { RequestProblem } from '../api/problem.ts'
import { en, type Words } from './en.ts'
import { zh } from './zh.ts'

interface Language {
  readonly words: Words
  readonly toggle: () => void
}

const Context = createContext<Language>({ words: en, toggle: () => undefined })
const KEY = 'language'

/** Provides the interface texts to its children. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [words, setWords] = useState(first)
  useEffect(() => {
    document.documentElement.lang = words.lang
  }, [words])
  const language = useMemo(() => {
    const toggle = (): void => {
      const next = words === en ? zh : en
      storePreference(KEY, next.lang)
      setWords(next)
    }
    return { words, toggle }
  }, [words])
  return <Context value={language}>{children}</Context>
}

/** The interface texts in the current language. */
export const useWords = (): Words => useContext(Context).words
export const useLanguage = (): Language => useContext(Context)

/** The sentence shown for a problem. */
export function describeProblem(words: Words, { code, message }: Pick<RequestProblem, 'code' | 'message'>): string {
  return words.problems[code] ?? message
}

function first(): Words {
  const wanted = readPreference(KEY) ?? navigator.language
  return wanted.toLowerCase().startsWith('zh') ? zh : en
}
