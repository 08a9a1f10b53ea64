// Functions of a configuration in a page: their own source, else what they returned when the chart was drawn.
import { callKey } from './serialize.ts'

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown

/** `make` evaluates a function's source; `results` is JSON of what it returned, by `callKey`. */
export function call(make: (() => AnyFunction) | undefined, results: string): AnyFunction {
  const known = JSON.parse(results) as Record<string, unknown>
  let run: AnyFunction | undefined
  try {
    run = make?.()
  } catch {
    // It is not an expression; its results remain.
  }
  const wrapped: AnyFunction = function (...args) {
    try {
      if (run) return run.apply(this, args)
    } catch {
      // It uses variables of its cell.
    }
    return known[callKey(args)]
  }
  Object.defineProperty(wrapped, 'length', { value: run?.length ?? 1 })
  return wrapped
}

/** Runs `draw` with the element's size, now and whenever it changes. */
export function drawAtEachSize(
  element: PageElement,
  draw: (width: number, height: number) => void | Promise<void>,
): void {
  let last = ''
  const redraw = (): void => {
    const [width, height] = [Math.max(240, element.clientWidth), Math.max(200, element.clientHeight)]
    if (last === `${width} ${height}`) return
    last = `${width} ${height}`
    void draw(width, height)
  }
  redraw()
  addEventListener('resize', redraw)
}

/** The part of the DOM's elements that pages use. */
export interface PageElement {
  readonly clientWidth: number
  readonly clientHeight: number
  replaceChildren(...children: object[]): void
}

declare const addEventListener: (event: 'resize', run: () => void) => void
