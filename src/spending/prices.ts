// Computes what an answer cost, only where the price is known. Prices are never guessed.
import { PRICE_TABLE, type Price, type PriceRow } from './price-table.ts'

/** Token counts of a usage event; `input` includes `cached`. */
export interface Tokens {
  readonly input: number
  readonly output: number
  readonly cached?: number | undefined
}

export interface Prices {
  /** The current price of the model for a request with this many input tokens; undefined if unknown. */
  of(model: string, input: number): Price | undefined
}

export interface PriceOptions {
  /** The models' endpoint; undefined: OpenAI. */
  readonly baseUrl?: string | undefined
  /** The user's own prices, which take precedence. */
  readonly own?: Readonly<Record<string, Price>> | undefined
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined
}

const FREE: Price = { input: 0, cached: 0, output: 0 }
const OPENAI_HOST = 'api.openai.com'

/** Looks up the user's own prices, then nothing for a local endpoint, then what its provider publishes. */
export function pricesFor({ baseUrl, own = {}, now = Date.now }: PriceOptions): Prices {
  const host = baseUrl ? hostOf(baseUrl) : OPENAI_HOST
  return {
    of(model, input) {
      if (Object.hasOwn(own, model)) return own[model]
      if (isLoopback(host)) return FREE
      const day = new Date(now()).toISOString().slice(0, 10)
      const row = PRICE_TABLE.find((one) => one.host === host && covers(one, model, day))
      return row?.long && input > row.long.above ? row.long.price : row
    },
  }
}

/** US dollars; undefined if the price is unknown. Surcharges for cache writes are not counted. */
export function costOf({ input, output, cached = 0 }: Tokens, model: string, prices: Prices): number | undefined {
  const price = prices.of(model, input)
  if (!price) return undefined
  const kept = Math.min(cached, input)
  const dollars = (input - kept) * price.input + kept * (price.cached ?? price.input) + output * price.output
  return Math.round(dollars * 1e6) / 1e12
}

/** Whether the endpoint is on this machine. */
export function isLocal(baseUrl: string | undefined): boolean {
  return baseUrl !== undefined && isLoopback(hostOf(baseUrl))
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname.toLowerCase()
  } catch {
    return ''
  }
}

function isLoopback(host: string): boolean {
  return /^(?:localhost|[\w-]+\.localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1\])$/.test(host)
}

/** Matches the model's name, also with a date: gpt-4o-2024-08-06, claude-haiku-4-5-20251001. */
function covers({ models, from = '', until }: PriceRow, model: string, day: string): boolean {
  const name = model.replace(/^models\//, '').replace(/-(?:\d{4}-\d{2}-\d{2}|\d{8})$/, '')
  return models.includes(name) && day >= from && (until === undefined || day <= until)
}
