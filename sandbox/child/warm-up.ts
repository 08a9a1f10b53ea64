// What the first cell would pay for, paid while the child waits: Skia's fonts, then TypeScript's stripper.
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { giveUpAddons } from './confinement/confine.ts'
import { registerFonts } from '../fonts/register.ts'

/** Each after so many milliseconds without a request; many cells have no types, and some children have but one request. */
const STEPS: readonly (readonly [idleMs: number, load: () => unknown])[] = [
  [5, () => (loadAddons(), registerFonts())],
  [250, () => stripTypeScriptTypes('let a: number', { mode: 'strip' })],
]

let loaded = false

/** Loads the addons that are lazy, and then none any more: before a snippet runs. Skia's native half takes 6 ms. */
export function loadAddons(): void {
  if (loaded) return
  loaded = true
  createRequire(import.meta.url)('@napi-rs/canvas/js-binding')
  giveUpAddons()
}

export interface WarmUp {
  /** A request is there. */
  stop(): void
  /** No request is there. */
  go(): void
}

/** Loads what is lazy, a step at a time, while nothing is asked for. */
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
