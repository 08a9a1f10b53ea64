// Ticks at whole numbers, where a configuration's own labels are for whole numbers only.
import type { Scale as DrawnScale } from 'chart.js'

type Callback = (this: DrawnScale, value: number, index: number, ticks: DrawnScale['ticks']) => unknown

/** Whether an option is a function that Chart.js calls for each tick. */
export function isCallback(value: unknown): value is Callback {
  return typeof value === 'function'
}

/**
 * Puts labels for 0, 1, 2 ... at whole numbers on an axis from -0.5, where Chart.js puts ticks at -0.5, 0.5, 1.5 ...
 */
export function createWholeTicks(callback: Callback): (scale: DrawnScale) => void {
  const isEmpty = (scale: DrawnScale, ticks: DrawnScale['ticks']): boolean => {
    try {
      return ticks.every(({ value }, i) => ['', null, undefined].includes(callback.call(scale, value, i, ticks) as ''))
    } catch {
      return true
    }
  }
  return (scale) => {
    const first = Math.ceil(scale.min)
    const count = Math.floor(scale.max) - first + 1
    if (scale.type !== 'linear' || count < 1 || count > 200 || !isEmpty(scale, scale.ticks)) return
    const whole = Array.from({ length: count }, (_, i) => ({ value: first + i }))
    if (scale.options.reverse) whole.reverse()
    if (!isEmpty(scale, whole)) scale.ticks = whole
  }
}
