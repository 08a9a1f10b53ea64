// URL and URLSearchParams: the host parses, the guest stores the parts.
import { ask } from '../bridge.ts'
import { getInspect } from './console/inspect.ts'

type Parts = Record<
  | 'href'
  | 'origin'
  | 'protocol'
  | 'username'
  | 'password'
  | 'host'
  | 'hostname'
  | 'port'
  | 'pathname'
  | 'search'
  | 'hash',
  string
>
type Pair = [string, string]

class Params {
  #pairs: Pair[] = []
  #changed: () => void = () => undefined
  constructor(from: unknown = '') {
    if (typeof from === 'string') this.#pairs = ask('url.params', from)[0] as Pair[]
    else if (from !== null && typeof from === 'object') {
      const pairs = Symbol.iterator in from ? [...(from as Iterable<Pair>)] : Object.entries(from)
      this.#pairs = pairs.map(([key, value]) => [String(key), String(value)])
    }
  }
  static watch(params: Params, changed: () => void): void {
    params.#changed = changed
  }
  get size(): number {
    return this.#pairs.length
  }
  append(key: string, value: string): void {
    this.#pairs.push([String(key), String(value)])
    this.#changed()
  }
  delete(key: string, value?: string): void {
    this.#pairs = this.#pairs.filter(([k, v]) => k !== key || (value !== undefined && v !== value))
    this.#changed()
  }
  get(key: string): string | null {
    return this.#pairs.find(([k]) => k === key)?.[1] ?? null
  }
  getAll(key: string): string[] {
    return this.#pairs.filter(([k]) => k === key).map(([, value]) => value)
  }
  has(key: string, value?: string): boolean {
    return this.#pairs.some(([k, v]) => k === key && (value === undefined || v === value))
  }
  set(key: string, value: string): void {
    const first = this.#pairs.findIndex(([k]) => k === key)
    this.#pairs = this.#pairs.filter(([k], i) => k !== key || i === first)
    if (first < 0) this.#pairs.push([String(key), String(value)])
    else this.#pairs[this.#pairs.findIndex(([k]) => k === key)] = [String(key), String(value)]
    this.#changed()
  }
  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    this.#changed()
  }
  forEach(each: (value: string, key: string, params: Params) => void): void {
    for (const [key, value] of this.#pairs) each(value, key, this)
  }
  *keys(): IterableIterator<string> {
    for (const [key] of this.#pairs) yield key
  }
  *values(): IterableIterator<string> {
    for (const [, value] of this.#pairs) yield value
  }
  *entries(): IterableIterator<Pair> {
    for (const [key, value] of this.#pairs) yield [key, value]
  }
  [Symbol.iterator](): IterableIterator<Pair> {
    return this.entries()
  }
  toString(): string {
    return ask('url.query', this.#pairs)[0] as string
  }
}

class Url {
  #parts: Parts
  #params: Params | undefined
  constructor(href: string, base?: string) {
    this.#parts = parse(href, base)
  }
  static canParse(href: string, base?: string): boolean {
    try {
      parse(href, base)
      return true
    } catch {
      return false
    }
  }
  static parse(href: string, base?: string): Url | null {
    return Url.canParse(href, base) ? new Url(href, base) : null
  }
  static read(url: Url, name: keyof Parts): string {
    return url.#parts[name]
  }
  static change(url: Url, name: string, value: string): void {
    url.#parts = ask('url.change', { href: url.#parts.href, name, value: String(value) })[0] as Parts
    url.#params = undefined
  }
  get searchParams(): Params {
    if (!this.#params) {
      const params = new Params(this.#parts.search)
      Params.watch(params, () => {
        Url.change(this, 'search', params.toString())
        this.#params = params
      })
      this.#params = params
    }
    return this.#params
  }
  toString(): string {
    return this.#parts.href
  }
  toJSON(): string {
    return this.#parts.href
  }
}

function parse(href: unknown, base: unknown): Parts {
  return ask('url.parse', { href: String(href), base: base === undefined ? null : String(base) })[0] as Parts
}

type Look = { readonly depth: number | null; readonly breakLength: number }

/** Prints the parameters as Node does: `URLSearchParams { 'a' => '1' }`. */
function inspectParams(this: Params, depth: number | null, options: Look): string {
  if (depth !== null && depth < 0) return '[Object]'
  const { inspect, stripVTControlCharacters: plain } = getInspect()
  const inner = { ...options, depth: depth === null ? null : depth - 1 }
  const pairs = [...this].map(([key, value]) => `${inspect(key, inner)} => ${inspect(value, inner)}`)
  if (pairs.length === 0) return 'URLSearchParams {}'
  const length = pairs.reduce((sum, pair) => sum + plain(pair).length + 2, -2)
  return length > options.breakLength
    ? `URLSearchParams {\n  ${pairs.join(',\n  ')} }`
    : `URLSearchParams { ${pairs.join(', ')} }`
}

/** Prints a URL as Node does: one part per line. */
function inspectUrl(this: Url, depth: number | null, options: Look): unknown {
  if (depth !== null && depth < 0) return this.toString()
  const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } =
    this as unknown as URL
  const parts = {
    href,
    origin,
    protocol,
    username,
    password,
    host,
    hostname,
    port,
    pathname,
    search,
    searchParams: this.searchParams,
    hash,
  }
  return `URL ${getInspect().inspect(parts, { ...options, depth })}`
}

/** Installs URL and URLSearchParams. */
export function installUrl(realm: typeof globalThis): void {
  const names = [
    'href',
    'origin',
    'protocol',
    'username',
    'password',
    'host',
    'hostname',
    'port',
    'pathname',
    'search',
    'hash',
  ] as const
  for (const name of names) {
    Object.defineProperty(Url.prototype, name, {
      get(this: Url) {
        return Url.read(this, name)
      },
      ...(name === 'origin'
        ? {}
        : {
            set(this: Url, value: string) {
              Url.change(this, name, value)
            },
          }),
      enumerable: true,
      configurable: true,
    })
  }
  const inspected = Symbol.for('nodejs.util.inspect.custom')
  Object.defineProperty(Url.prototype, inspected, { value: inspectUrl, configurable: true, writable: true })
  Object.defineProperty(Params.prototype, inspected, { value: inspectParams, configurable: true, writable: true })
  Object.defineProperty(Url.prototype, Symbol.toStringTag, { value: 'URL', configurable: true })
  Object.defineProperty(Params.prototype, Symbol.toStringTag, { value: 'URLSearchParams', configurable: true })
  Object.defineProperty(Url, 'name', { value: 'URL' })
  Object.defineProperty(Params, 'name', { value: 'URLSearchParams' })
  Object.assign(realm, { URL: Url, URLSearchParams: Params })
}
