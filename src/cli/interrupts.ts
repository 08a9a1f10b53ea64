// Handles SIGINT, SIGTERM and SIGHUP: the first cancels the work in progress, the second ends the program.

export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

export interface Interrupts {
  /** From now on an interrupt calls `cancel`; the returned function ends that. */
  during(cancel: (signal: Interrupt) => void): () => void
  /** Handles a signal, or a Ctrl-C that a terminal in raw mode delivers as a key. */
  interrupt(signal: Interrupt): void
}

const EXIT_CODES: Readonly<Record<Interrupt, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }
/** A terminal signals both launcher and program, and the launcher forwards its signal: one press counts once. */
const SAME_PRESS_MS = 250
/** Work that has not stopped by then is ended with the program. */
const PATIENCE_MS = 5000

/** The source of signals, and the channel to the launcher: `process`, except in tests. */
interface Source {
  on(event: string, listener: () => void): unknown
  readonly channel?: { unref(): void } | null | undefined
}

/** Listens for signals; without work in progress, or at the second one, calls `exit` with the shell's exit code. */
export function createInterrupts(
  exit: (code: number) => void = (code) => process.exit(code),
  source: Source = process,
): Interrupts {
  const handlers: ((signal: Interrupt) => void)[] = []
  let last = Number.NEGATIVE_INFINITY
  let asked = false

  const interrupts: Interrupts = {
    during(cancel) {
      handlers.push(cancel)
      return () => {
        const at = handlers.lastIndexOf(cancel)
        if (at >= 0) handlers.splice(at, 1)
        asked = false
      }
    },
    interrupt(signal) {
      const now = performance.now()
      if (now - last < SAME_PRESS_MS) return
      last = now
      const cancel = handlers.at(-1)
      if (!cancel || asked) return exit(EXIT_CODES[signal])
      asked = true
      cancel(signal)
      setTimeout(() => asked && handlers.at(-1) === cancel && exit(EXIT_CODES[signal]), PATIENCE_MS).unref()
    },
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) source.on(signal, () => interrupts.interrupt(signal))
  // The launcher was killed without notice (kill -9).
  source.on('disconnect', () => interrupts.interrupt('SIGTERM'))
  source.channel?.unref()
  return interrupts
}
