// Loads what the first cell would pay for while the child is idle: Skia's fonts, then the type stripper.
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { dropAddons } from './confinement/confine.ts'
import { registerFonts } from '../fonts/register.ts'

/** Each after so many milliseconds without a request: many cells have no types, some children get one request. */
const STEPS: readonly (readonly [idleMs: number, load: () => unknown])[] = [
  [5, () => (loadAddons(), registerFonts())],
  [250, () => stripTypeScriptTypes('let a: number', { mode: 'strip' })],
]

let loaded = false

/** Loads the lazy addons, then forbids loading more, before a snippet runs. Skia's native half takes 6 ms. */
export function loadAddons(): void {
  if (loaded) return
  loaded = true
  createRequire(import.meta.url)('@napi-rs/canvas/js-binding')
  dropAddons()
}

export interface WarmUp {
  /** Call when a request has arrived. */
  stop(): void
  /** Call when no request is left. */
  go(): void
}

/** Loads the lazy parts step by step while there is no request. */
export function createWarmUp(): WarmUp {
  let done = 0
  let timer: NodeJS.Timeout | undefined
  const stop = (): void => clearTimeout(timer)
  const go = (): void => {
    stop()
    const step = STEPS[done]
    if (!step) return
    const [idleMs, load] = step
    timer = setTimeout(() => {
      done++
      load()
      go()
    }, idleMs)
  }
  return { stop, go }
}
