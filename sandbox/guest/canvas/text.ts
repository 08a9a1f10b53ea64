// Text state of a context as far as `measureText` depends on it, and the cache of its answers.
import { TEXT_PROPERTIES } from './table.ts'

type State = Record<string, string>

const DEFAULTS: State = {
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
  direction: 'ltr',
  fontKerning: 'auto',
  fontStretch: 'normal',
  fontVariantCaps: 'normal',
  fontVariationSettings: 'normal',
  letterSpacing: '0px',
  wordSpacing: '0px',
  textRendering: 'auto',
  lang: 'inherit',
}

const MAX_ANSWERS = 20_000
const answers = new Map<string, object>()

/** What a context's text looks like now, with the states `save` put away. */
export interface TextState {
  set(name: string, value: string): void
  save(): void
  restore(): void
  reset(): void
  key(): string
}

/** Makes the state of a fresh context. */
export function makeTextState(): TextState {
  let now: State = { ...DEFAULTS }
  let saved: State[] = []
  let key: string | undefined
  const become = (state: State): void => {
    now = state
    key = undefined
  }
  return {
    set: (name, value) => become({ ...now, [name]: value }),
    save: () => void saved.push(now),
    restore: () => {
      const last = saved.pop()
      if (last) become(last)
    },
    reset: () => {
      saved = []
      become({ ...DEFAULTS })
    },
    key: () => (key ??= TEXT_PROPERTIES.map((name) => now[name]).join('\0')),
  }
}

/** The metrics for a text in this state: a fresh object each time, asked for once. */
export function measured(key: string, text: string, ask: () => object): object {
  const place = `${key}\0${text}`
  let metrics = answers.get(place)
  if (!metrics) {
    metrics = ask()
    if (answers.size >= MAX_ANSWERS) answers.clear()
    if (text.length <= 1000) answers.set(place, metrics)
  }
  return { ...metrics }
}

/** Forgets every answer: the set of fonts changed. */
export function forgetMeasures(): void {
  answers.clear()
}
