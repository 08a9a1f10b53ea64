// Makes plain Node behave like the sandbox: `node --import ./setup.ts snippet.ts` has the shipped fonts, a seed and a
// clock. Set EASEL_SEED and EASEL_CLOCK (milliseconds since 1970) to repeat a cell.
import { readFileSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeFontConfig } from '../fonts/fontconfig.ts'
import { registerFonts } from '../fonts/register.ts'
import { installClock } from '../guest/core/clock.ts'
import { consoleTimes } from '../guest/core/console/times.ts'
import { drawEmojiIn } from '../svg/emoji.ts'
import { enforceFilePermissions } from './permissions.ts'
import { seedCrypto } from './random.ts'

const NO_FRAMES = new URL('../guest/lazy/no-frames.ts', import.meta.url).href
// ECharts asks for frames for ever, here too.
registerHooks({
  resolve(specifier, context, next) {
    const isFrames = specifier.endsWith('/requestAnimationFrame.js') && context.parentURL?.includes('/zrender/')
    return isFrames ? { url: NO_FRAMES, shortCircuit: true } : next(specifier, context)
  },
})

// Before the first await: modules of a snippet that are loaded meanwhile, such as arquero, keep `Math.random`.
const clock = installClock(globalThis)
process.env['FONTCONFIG_FILE'] = writeFontConfig(join(tmpdir(), `easel-fonts-${process.getuid?.() ?? 0}`))
process.env['TZ'] = 'UTC'
registerFonts()
// Loaded only now that the font configuration is known.
const { default: sharp } = await import('sharp')
enforceFilePermissions(sharp)
drawEmojiIn(sharp, smallFile)

const intervals = new Set<NodeJS.Timeout>()
clock.start({ seed: Number(process.env['EASEL_SEED'] ?? 0), clock: Number(process.env['EASEL_CLOCK'] ?? 0) })
advanceByTimers()
seedCrypto(() => clock.random())
Object.assign(
  console,
  consoleTimes(() => performance.now(), console.log, console.error),
)

/** SVGs with text are small; larger files need not be read twice. */
function smallFile(path: string): Buffer | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats?.isFile() && stats.size <= 1_000_000 ? readFileSync(path) : undefined
}

/** Starts a cell's clock and random numbers, where several cells run one after another. */
export function startClock(chance: { readonly seed: number; readonly clock: number }): void {
  clock.start(chance)
}

/** Clears intervals left when everything else has finished, as in the sandbox. */
export function clearIntervals(): void {
  for (const interval of intervals) clearInterval(interval)
  intervals.clear()
}

/** Makes each timer that fires advance the clock by its delay, as in the sandbox. */
function advanceByTimers(): void {
  const timers = globalThis as unknown as Record<
    string,
    (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => unknown
  >
  for (const name of ['setTimeout', 'setInterval']) {
    const real = timers[name]
    if (!real) continue
    timers[name] = (run, ms = 1, ...args) => {
      if (typeof run !== 'function') return real(run, ms)
      let due = clock.peek() + Math.max(1, Math.trunc(ms) || 1)
      const wrapped = (...given: unknown[]): void => {
        clock.advance(due)
        due += Math.max(1, Math.trunc(ms) || 1)
        run(...given)
      }
      const timer = real(wrapped, ms, ...args)
      if (name === 'setInterval') intervals.add(timer as NodeJS.Timeout)
      return timer
    }
    Object.defineProperty(timers[name], 'name', { value: name })
    if (name === 'setTimeout') Object.defineProperty(timers[name], promisify.custom, { value: promisedTimeout })
  }
}

/** The result of `util.promisify(setTimeout)`. */
function promisedTimeout(ms: number, value: unknown): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, ms, value))
}
