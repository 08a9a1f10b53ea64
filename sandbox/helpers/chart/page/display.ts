// The size of an interactive page, which it finds out itself.
import type { Display } from '../style.ts'
import { THEMES, type ThemeName } from '../theme.ts'

/** A display as it is written into a page. */
export type PageDisplay = Omit<Display, 'theme' | 'density' | 'width' | 'height' | 'unit'> & {
  readonly theme: ThemeName
}

/** What a page is told. */
export function pageDisplay({ theme, colour, locale, valueUnit }: Display): PageDisplay {
  return { theme: theme.name, colour, locale, valueUnit }
}

/** The display of a page that is `width` by `height` pixels. */
export function displayOf({ theme, ...given }: PageDisplay, width: number, height: number): Display {
  const unit = Math.max(0.7, Math.min(1.4, width / 1000, height / 600))
  return { ...given, width, height, unit, theme: THEMES[theme], density: 1 }
}
