// Ctrl-C and its kin: the first asks whoever works to stop, the second ends the program.

export type Interrupt = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

export interface Interrupts {
  /** From now on an interrupt calls `cancel`; the function given back ends that. */
  during(cancel: (signal: Interrupt) => void): () => void
  /** What a signal does; also for a Ctrl-C that a terminal in raw mode delivers as a key. */
  interrupt(signal: Interrupt): void
}

const EXIT_CODES: Readonly<Record<Interrupt, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }
/** A terminal signals the launcher and the program; the launcher hands its own on. One press is one interrupt. */
const SAME_PRESS_MS = 250
/** Who was asked to stop and has not by then is stopped. */
const PATIENCE_MS = 5000

/** Where signals come from, and the channel to the launcher: this process, but in tests. */
interface Source {
  on(event: string, listener: () => void): unknown
  readonly channel?: { unref(): void } | null | undefined
}

/** Listens for signals; with nobody at work, or when asked twice, `exit` is called with the shell's code for it. */
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
  // The launcher is gone without a word: kill -9.
  source.on('disconnect', () => interrupts.interrupt('SIGTERM'))
  source.channel?.unref()
  return interrupts
}
