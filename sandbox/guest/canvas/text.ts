// The context state that `measureText` depends on, and a cache of its results.
import { TEXT_PROPERTIES } from './command-table.ts'

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

/** A context's text state, with the stack of states that `save` pushed. */
export interface TextState {
  set(name: string, value: string): void
  save(): void
  restore(): void
  reset(): void
  key(): string
}

/** Creates the state of a new context. */
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

/** The metrics of a text in this state, cached; each call returns a new object. */
export function measureCached(key: string, text: string, ask: () => object): object {
  const place = `${key}\0${text}`
  let metrics = answers.get(place)
  if (!metrics) {
    metrics = ask()
    if (answers.size >= MAX_ANSWERS) answers.clear()
    if (text.length <= 1000) answers.set(place, metrics)
  }
  return { ...metrics }
}

/** Clears the cache; called when the set of fonts changes. */
export function clearMeasureCache(): void {
  answers.clear()
}
