// How long to wait before a retry. The waits are ours, not the package's, so that they are shown and can be cancelled.

/** Milliseconds requested by the headers: `retry-after-ms`, or `Retry-After` as seconds or a date; else undefined. */
export function readRetryAfter(headers: Headers, now: number): number | undefined {
  const exact = Number.parseFloat(headers.get('retry-after-ms') ?? '')
  if (exact >= 0) return exact
  const asked = headers.get('retry-after')?.trim()
  if (!asked) return undefined
  if (/^\d+(\.\d+)?$/.test(asked)) return Number(asked) * 1000
  const date = Date.parse(asked)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

/** 1, 2, 4, at most 8 times the first wait. */
export function backOff(attempt: number, firstMs: number): number {
  return firstMs * 2 ** Math.min(attempt - 1, 3)
}

/** Waits; rejects with the signal's reason as soon as it aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}

/** 800 ms, 2.5 s, 1 min 5 s. */
export function sayTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${Number((ms / 1000).toFixed(1))} s`
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
