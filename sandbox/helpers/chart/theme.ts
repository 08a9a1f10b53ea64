// The colours of charts on a light and on a dark background.
import { INK, darkPaletteColour, paletteColour, type PaletteColour } from '../palette.ts'

export type ThemeName = 'light' | 'dark'

export interface Theme {
  readonly name: ThemeName
  readonly background: string
  /** Text from strong to quiet, and lines of a grid. */
  readonly strong: string
  readonly text: string
  readonly quiet: string
  readonly line: string
  readonly colour: PaletteColour
}

export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: { name: 'light', background: '#ffffff', ...INK, colour: paletteColour },
  dark: {
    name: 'dark',
    background: '#15191f',
    strong: '#f0f3f6',
    text: '#ccd3db',
    quiet: '#8b949e',
    line: '#333a43',
    colour: darkPaletteColour,
  },
}
