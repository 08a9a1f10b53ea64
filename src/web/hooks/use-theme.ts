// The colour theme: the system's, until the user chooses one.
import { useLayoutEffect } from 'react'
import { usePreference } from './use-preference.ts'

type Theme = 'auto' | 'light' | 'dark'
const NEXT: Readonly<Record<Theme, Theme>> = { auto: 'light', light: 'dark', dark: 'auto' }

/** The theme, and a function that selects the next one. */
export function useTheme(): readonly [Theme, () => void] {
  const [theme, set] = usePreference<Theme>('theme', 'auto')
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
  return [theme, () => set(NEXT[theme])]
}
