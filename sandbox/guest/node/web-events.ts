// Event, EventTarget, AbortController and AbortSignal, as in browsers and Node, but without a tree to bubble through.
import { argumentTypeError, domException } from '../core/node-error.ts'

type Listener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown }
interface Listening {
  readonly listener: Listener
  readonly capture: boolean
  readonly once: boolean
}
interface EventOptions {
  readonly cancelable?: boolean
  readonly bubbles?: boolean
  readonly composed?: boolean
}
interface ListenOptions {
  readonly capture?: boolean
  readonly once?: boolean
  readonly signal?: GuestAbortSignal
}

class GuestEvent {
  readonly type: string
  readonly cancelable: boolean
  readonly bubbles: boolean
  readonly composed: boolean
  readonly timeStamp = 0
  readonly eventPhase = 0
  readonly isTrusted = false
  target: GuestEventTarget | null = null
  currentTarget: GuestEventTarget | null = null
  #isPrevented = false
  #isStopped = false
  constructor(type: string, { cancelable = false, bubbles = false, composed = false }: EventOptions = {}) {
    this.type = String(type)
    this.cancelable = cancelable
    this.bubbles = bubbles
    this.composed = composed
  }
  get defaultPrevented(): boolean {
    return this.#isPrevented
  }
  get returnValue(): boolean {
    return !this.#isPrevented
  }
  preventDefault(): void {
    if (this.cancelable) this.#isPrevented = true
  }
  stopPropagation(): void {}
  stopImmediatePropagation(): void {
    this.#isStopped = true
  }
  composedPath(): GuestEventTarget[] {
    return this.currentTarget ? [this.currentTarget] : []
  }
  static isStopped(event: GuestEvent): boolean {
    return event.#isStopped
  }
}

class GuestCustomEvent extends GuestEvent {
  readonly detail: unknown
  constructor(type: string, options: EventOptions & { detail?: unknown } = {}) {
    super(type, options)
    this.detail = options.detail ?? null
  }
}

class GuestEventTarget {
  readonly #listeners = new Map<string, Listening[]>()
  addEventListener(type: string, listener: Listener | null, options: ListenOptions | boolean = {}): void {
    if (listener === null || listener === undefined) return
    const { capture = false, once = false, signal } = typeof options === 'boolean' ? { capture: options } : options
    const all = this.#listeners.get(type) ?? []
    if (signal?.aborted || all.some((one) => one.listener === listener && one.capture === capture)) return
    this.#listeners.set(type, [...all, { listener, capture, once }])
    signal?.addEventListener('abort', () => this.removeEventListener(type, listener, { capture }))
  }
  removeEventListener(type: string, listener: Listener | null, options: ListenOptions | boolean = {}): void {
    const capture = typeof options === 'boolean' ? options : (options.capture ?? false)
    const left = this.#listeners.get(type)?.filter((one) => one.listener !== listener || one.capture !== capture)
    if (left) this.#listeners.set(type, left)
  }
  dispatchEvent(event: GuestEvent): boolean {
    if (!(event instanceof GuestEvent)) throw argumentTypeError('event', 'an instance of Event', event)
    event.target = this
    event.currentTarget = this
    for (const { listener, capture, once } of this.#listeners.get(event.type) ?? []) {
      if (once) this.removeEventListener(event.type, listener, { capture })
      const given = event as unknown as Event
      if (typeof listener === 'function') listener.call(this as unknown as EventTarget, given)
      else listener.handleEvent(given)
      if (GuestEvent.isStopped(event)) break
    }
    event.currentTarget = null
    return !event.defaultPrevented
  }
}

const key = Symbol('a signal is made by a controller')

class GuestAbortSignal extends GuestEventTarget {
  onabort: ((event: GuestEvent) => unknown) | null = null
  #reason: unknown = undefined
  #aborted = false
  constructor(given?: unknown) {
    super()
    if (given !== key) throw Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' })
  }
  get aborted(): boolean {
    return this.#aborted
  }
  get reason(): unknown {
    return this.#reason
  }
  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason
  }
  static set(signal: GuestAbortSignal, reason: unknown): void {
    if (signal.#aborted) return
    signal.#aborted = true
    signal.#reason = reason
    const event = new GuestEvent('abort')
    signal.onabort?.(event)
    signal.dispatchEvent(event)
  }
  static abort(reason: unknown = abortError()): GuestAbortSignal {
    const signal = new GuestAbortSignal(key)
    GuestAbortSignal.set(signal, reason)
    return signal
  }
  static timeout(ms: number): GuestAbortSignal {
    const signal = new GuestAbortSignal(key)
    const reason = domException('TimeoutError', 'The operation was aborted due to timeout', 23)
    setTimeout(() => GuestAbortSignal.set(signal, reason), ms).unref()
    return signal
  }
  static any(signals: Iterable<GuestAbortSignal>): GuestAbortSignal {
    const either = new GuestAbortSignal(key)
    for (const signal of signals) {
      if (signal.aborted) GuestAbortSignal.set(either, signal.reason)
      else signal.addEventListener('abort', () => GuestAbortSignal.set(either, signal.reason), { once: true })
    }
    return either
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `AbortSignal { aborted: ${this.#aborted} }`
  }
}

class GuestAbortController {
  readonly signal = new GuestAbortSignal(key)
  abort(reason: unknown = abortError()): void {
    GuestAbortSignal.set(this.signal, reason)
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `AbortController { signal: AbortSignal { aborted: ${this.signal.aborted} } }`
  }
}

function abortError(): Error {
  return domException('AbortError', 'This operation was aborted', 20)
}

/** The classes under their standard names. */
export const webEvents: Readonly<Record<string, unknown>> = named({
  Event: GuestEvent,
  CustomEvent: GuestCustomEvent,
  EventTarget: GuestEventTarget,
  AbortSignal: GuestAbortSignal,
  AbortController: GuestAbortController,
})

function named<T extends Record<string, object>>(classes: T): T {
  for (const [name, one] of Object.entries(classes)) {
    Object.defineProperty(one, 'name', { value: name })
    Object.defineProperty((one as { prototype: object }).prototype, Symbol.toStringTag, {
      value: name,
      configurable: true,
    })
  }
  return classes
}
