// A timeout on silence while an endpoint answers. Waiting ends at once on abort, even if the work ignores its signal.

export interface SilenceTimeout {
  readonly controller: AbortController
  readonly signal: AbortSignal
  /** Restarts the timer: the request was sent, or a byte arrived. */
  touch(): void
  silent(): boolean
  /** Shortens the timeout to `ms`. */
  hurry(ms: number): void
  /** Rejects at once on abort or timeout, whatever `work` does. */
  race<T>(work: Promise<T>): Promise<T>
  stop(): void
}

/** Aborts the watch's signal after `patienceMs` of silence, or when `signal` aborts. */
export function createSilenceTimeout(signal: AbortSignal, patienceMs: number): SilenceTimeout {
  let timeoutMs = patienceMs
  const controller = new AbortController()
  let quiet = false
  let timer: NodeJS.Timeout | undefined
  let give: (reason: unknown) => void = () => {}
  const over = new Promise<never>((_, reject) => (give = reject))
  over.catch(() => {})
  const abort = () => {
    give(signal.reason)
    controller.abort(signal.reason)
  }
  const fallSilent = () => {
    quiet = true
    give(new Error('silence'))
    controller.abort()
  }
  const touch = () => {
    clearTimeout(timer)
    timer = setTimeout(fallSilent, timeoutMs)
  }
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return {
    controller,
    signal: controller.signal,
    touch,
    silent: () => quiet,
    hurry(ms) {
      timeoutMs = Math.min(timeoutMs, ms)
      touch()
    },
    race: (work) => {
      work.catch(() => {})
      return Promise.race([work, over])
    },
    stop() {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
      controller.abort()
    },
  }
}
