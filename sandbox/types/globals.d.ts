// Globals of the sandbox other than those of the language and of node/index.d.ts.
import type { SKRSContext2D } from '@napi-rs/canvas'
import type * as url from 'node:url'
import type * as util from 'node:util'

declare global {
  var global: typeof globalThis

  interface URL extends url.URL {}
  var URL: typeof url.URL
  interface URLSearchParams extends url.URLSearchParams {}
  var URLSearchParams: typeof url.URLSearchParams
  interface TextEncoder extends util.TextEncoder {}
  var TextEncoder: typeof util.TextEncoder
  interface TextDecoder extends util.TextDecoder {}
  var TextDecoder: typeof util.TextDecoder

  function structuredClone<T>(value: T): T
  function atob(data: string): string
  function btoa(data: string): string

  /** The cell's clock: it starts at 0 and advances 1 ms with each reading. */
  var performance: {
    now(): number
    readonly timeOrigin: number
    mark(name: string): void
    measure(name: string, start?: string, end?: string): void
    toJSON(): { timeOrigin: number }
  }

  interface ImportMeta {
    readonly url: string
    readonly filename: string
    readonly dirname: string
  }

  interface ErrorConstructor {
    captureStackTrace(target: object, constructor?: Function): void
    stackTraceLimit: number
  }

  namespace NodeJS {
    interface ErrnoException extends Error {
      errno?: number
      code?: string
      path?: string
      syscall?: string
      dest?: string
    }
    /** The base of the iterators of Node's own types. */
    interface Iterator<T, TReturn = undefined, TNext = any> extends IteratorObject<T, TReturn, TNext> {
      [Symbol.iterator](): NodeJS.Iterator<T, TReturn, TNext>
    }
    interface AsyncIterator<T, TReturn = undefined, TNext = any> extends AsyncIteratorObject<T, TReturn, TNext> {
      [Symbol.asyncIterator](): NodeJS.AsyncIterator<T, TReturn, TNext>
    }
  }

  // Browser types that chart.js's types and snippets refer to; there is no browser, so they accept anything.
  type HTMLCanvasElement = any
  type HTMLImageElement = any
  type OffscreenCanvas = any
  type OffscreenCanvasRenderingContext2D = SKRSContext2D
  type CanvasRenderingContext2D = SKRSContext2D
  type CanvasImageSource = any
}
