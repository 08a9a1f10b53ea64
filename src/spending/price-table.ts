// Published prices, each with its source and the day it was read. A model that is not here has no price; EASEL_PRICES
// adds one. gpt-6.1-terra, DeepSeek and most of Anthropic were read on the pages that `source` names, the other rows in
// third-party copies of them: check those before money depends on them.

/** US dollars per million tokens. Without `cached`, cached input costs as much as other input. */
export interface Price {
  readonly input: number
  readonly cached?: number
  readonly output: number
}

export interface PriceRow extends Price {
  /** The provider's own host: others who serve a model of this name have their own prices. */
  readonly host: string
  /** Model names, which may be followed by a date. */
  readonly models: readonly string[]
  /** The price of a whole request with more input tokens than `above`; unknown if none is given. */
  readonly long?: { readonly above: number; readonly price?: Price }
  /** First and last day, if the price is temporary. */
  readonly from?: string
  readonly until?: string
  readonly source: string
  /** The day the source was read. */
  readonly read: string
}

const OPENAI = { host: 'api.openai.com', source: 'https://developers.openai.com/api/docs/pricing' }
const ANTHROPIC = {
  host: 'api.anthropic.com',
  source: 'https://platform.claude.com/docs/en/about-claude/pricing',
  read: '2026-10-24',
}
const GOOGLE = {
  host: 'generativelanguage.googleapis.com',
  source: 'https://ai.google.dev/gemini-api/docs/pricing',
  read: '2026-10-07',
}
const MISTRAL = { host: 'api.mistral.ai' }
/** Its peak-hour prices; off-peak it charges half. */
const DEEPSEEK = {
  host: 'api.deepseek.com',
  source: 'https://api-docs.deepseek.com/quick_start/pricing',
  read: '2026-10-27',
}

/** Above 272,000 tokens OpenAI charges twice the input price and one and a half times the output price. */
function withLongContextPrice(price: Required<Price>): Pick<PriceRow, 'input' | 'cached' | 'output' | 'long'> {
  const { input, cached, output } = price
  return { ...price, long: { above: 272_000, price: { input: 2 * input, cached: 2 * cached, output: 1.5 * output } } }
}
const UNKNOWN_LONG_PRICE = { long: { above: 272_000 } }

const TERRA = 'https://developers.openai.com/api/docs/models/gpt-6.1-terra'
const AUTUMN = { ...OPENAI, read: '2026-10-26' }
const SPRING = { ...OPENAI, read: '2026-06-01' }

/** The first matching row applies. */
export const PRICE_TABLE: readonly PriceRow[] = [
  {
    ...AUTUMN,
    models: ['gpt-6.1-terra'],
    ...withLongContextPrice({ input: 1, cached: 0.05, output: 5 }),
    source: TERRA,
  },
  { ...AUTUMN, models: ['gpt-6.1-sol'], ...withLongContextPrice({ input: 2, cached: 0.1, output: 10 }) },
  { ...AUTUMN, models: ['gpt-6-sol'], ...withLongContextPrice({ input: 2, cached: 0.2, output: 10 }) },
  { ...AUTUMN, models: ['gpt-6-luna'], ...withLongContextPrice({ input: 0.1, cached: 0.01, output: 0.5 }) },
  { ...AUTUMN, models: ['gpt-6-astra'], ...withLongContextPrice({ input: 10, cached: 1, output: 50 }) },
  { ...AUTUMN, models: ['gpt-5.6-terra'], ...UNKNOWN_LONG_PRICE, input: 2, cached: 0.2, output: 12 },
  { ...AUTUMN, models: ['gpt-5.6-luna'], ...UNKNOWN_LONG_PRICE, input: 0.2, cached: 0.02, output: 1.2 },
  { ...SPRING, models: ['gpt-5.5'], ...UNKNOWN_LONG_PRICE, input: 5, cached: 0.5, output: 30 },
  { ...SPRING, models: ['gpt-5.4'], ...UNKNOWN_LONG_PRICE, input: 2.5, cached: 0.25, output: 15 },
  { ...SPRING, models: ['gpt-5.4-mini'], ...UNKNOWN_LONG_PRICE, input: 0.75, cached: 0.075, output: 4.5 },
  { ...SPRING, models: ['gpt-5.4-nano'], ...UNKNOWN_LONG_PRICE, input: 0.2, cached: 0.02, output: 1.25 },
  { ...SPRING, models: ['gpt-5.2'], input: 1.75, cached: 0.175, output: 14 },
  { ...SPRING, models: ['gpt-5', 'gpt-5.1'], input: 1.25, cached: 0.125, output: 10 },
  { ...SPRING, models: ['gpt-5-mini'], input: 0.25, cached: 0.025, output: 2 },
  { ...SPRING, models: ['gpt-4.1'], input: 2, cached: 0.5, output: 8 },
  { ...SPRING, models: ['gpt-4o'], input: 2.5, cached: 1.25, output: 10 },
  { ...SPRING, models: ['gpt-4o-mini'], input: 0.15, cached: 0.075, output: 0.6 },

  { ...ANTHROPIC, models: ['claude-fable-5-1'], input: 10, cached: 0.25, output: 50 },
  { ...ANTHROPIC, models: ['claude-fable-5'], input: 10, cached: 1, output: 50 },
  { ...ANTHROPIC, models: ['claude-opus-5-5'], input: 4, cached: 0.2, output: 20 },
  {
    ...ANTHROPIC,
    models: ['claude-opus-5', 'claude-opus-4-8', 'claude-opus-4-7', 'claude-opus-4-6', 'claude-opus-4-5'],
    input: 5,
    cached: 0.5,
    output: 25,
  },
  { ...ANTHROPIC, models: ['claude-sonnet-5-5'], input: 2, cached: 0.1, output: 10 },
  { ...ANTHROPIC, models: ['claude-sonnet-5'], input: 2, cached: 0.2, output: 10 },
  { ...ANTHROPIC, models: ['claude-sonnet-4-6', 'claude-sonnet-4-5'], input: 3, cached: 0.3, output: 15 },
  {
    ...ANTHROPIC,
    models: ['claude-haiku-5-5'],
    input: 0.1,
    cached: 0.01,
    output: 0.5,
    long: { above: 100_000, price: { input: 0.5, cached: 0.05, output: 2.5 } },
  },
  { ...ANTHROPIC, models: ['claude-haiku-4-5'], input: 1, cached: 0.1, output: 5 },

  {
    ...GOOGLE,
    models: ['gemini-3.8-flash', 'gemini-3.6-flash'],
    until: '2026-12-31',
    input: 0.75,
    cached: 0.075,
    output: 3.75,
  },
  {
    ...GOOGLE,
    models: ['gemini-3.8-flash', 'gemini-3.6-flash'],
    from: '2027-01-01',
    input: 1.5,
    cached: 0.15,
    output: 7.5,
  },
  { ...GOOGLE, models: ['gemini-3.5-flash'], input: 1.5, cached: 0.15, output: 9 },
  {
    ...GOOGLE,
    models: ['gemini-3.1-pro-preview'],
    input: 2,
    output: 12,
    long: { above: 200_000, price: { input: 4, output: 18 } },
  },
  {
    ...GOOGLE,
    models: ['gemini-2.5-pro'],
    input: 1.25,
    cached: 0.125,
    output: 10,
    long: { above: 200_000, price: { input: 2.5, cached: 0.25, output: 15 } },
  },
  { ...GOOGLE, models: ['gemini-2.5-flash'], input: 0.3, cached: 0.03, output: 2.5 },

  {
    ...MISTRAL,
    models: ['mistral-large-4', 'mistral-large-4-0'],
    input: 0.68,
    cached: 0.07,
    output: 2.09,
    source: 'https://docs.mistral.ai/models/mistral-large-4-0',
    read: '2026-10-06',
  },
  {
    ...MISTRAL,
    models: ['mistral-medium-3.5', 'mistral-medium-3-5', 'mistral-medium-2604'],
    input: 1.5,
    output: 7.5,
    source: 'https://docs.mistral.ai/models/mistral-medium-3-5-26-04',
    read: '2026-08-27',
  },

  {
    ...DEEPSEEK,
    models: ['deepseek-flash', 'deepseek-v4-flash', 'deepseek-v4-flash-vision-exp'],
    input: 0.3,
    cached: 0.006,
    output: 1.2,
  },
  { ...DEEPSEEK, models: ['deepseek-v4-pro'], input: 1.32, cached: 0.044, output: 3.96 },
]
