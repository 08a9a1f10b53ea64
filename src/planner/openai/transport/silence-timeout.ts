// Counts silence while an endpoint answers, and ends the wait at once on abort, whatever the work does.

export interface Watch {
  readonly controller: AbortController
  readonly signal: AbortSignal
  /** The request goes out or a byte came: silence counts anew. */
  touch(): void
  silent(): boolean
  /** From now on silence counts after `ms`. */
  hurry(ms: number): void
  /** Rejects at once on abort or silence, whatever `work` does. */
  race<T>(work: Promise<T>): Promise<T>
  stop(): void
}

/** Silence after `patienceMs` aborts the watch's signal, as `signal` does. */
export function createWatch(signal: AbortSignal, patienceMs: number): Watch {
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
