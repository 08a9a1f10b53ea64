// console.time and related methods using the cell's clock, inside and outside the sandbox, for reproducible output.

type Print = (...args: unknown[]) => void

/** `time`, `timeLog` and `timeEnd` for a clock in milliseconds; `warn` reports missing or duplicate labels. */
export function consoleTimes(
  now: () => number,
  print: Print,
  warn: Print,
): Record<'time' | 'timeLog' | 'timeEnd', (label?: string, ...args: unknown[]) => void> {
  const times = new Map<string, number>()
  const elapsed = (label: string, method: string): string | undefined => {
    const start = times.get(label)
    if (start === undefined) warn(`Warning: No such label '${label}' for console.${method}()`)
    return start === undefined ? undefined : `${label}: ${duration(now() - start)}`
  }
  return {
    time(label = 'default') {
      if (times.has(label)) warn(`Warning: Label '${label}' already exists for console.time()`)
      else times.set(label, now())
    },
    timeLog(label = 'default', ...args) {
      const text = elapsed(label, 'timeLog')
      if (text) print(text, ...args)
    },
    timeEnd(label = 'default') {
      const text = elapsed(label, 'timeEnd')
      times.delete(label)
      if (text) print(text)
    },
  }
}

/** Formats milliseconds as Node does. */
function duration(ms: number): string {
  const two = (n: number): string => String(n).padStart(2, '0')
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(3)}s`
  const [hours, minutes, seconds] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, (ms % 60_000) / 1000]
  if (hours > 0) return `${hours}:${two(minutes)}:${two(Math.floor(seconds))} (h:mm:ss)`
  return `${minutes}:${seconds.toFixed(3).padStart(6, '0')} (m:ss.mmm)`
}
