// Prices of answers: published ones at the provider's own address, none on the local machine, the user's own first.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readConfig, UsageError } from '../../src/config/config.ts'
import { PRICE_TABLE } from '../../src/spending/price-table.ts'
import { costOf, pricesFor } from '../../src/spending/prices.ts'

const folder = mkdtempSync(join(tmpdir(), 'easel-prices-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (baseUrl?: string) => pricesFor({ baseUrl, now: () => Date.parse('2026-11-22') })

describe('a cost', () => {
  it('counts cached input at its own price, output and the rest at theirs', () => {
    const usage = { input: 10_000, cached: 8000, output: 500 }
    expect(costOf(usage, 'gpt-6.1-terra', at())).toBe((2000 * 1 + 8000 * 0.05 + 500 * 5) / 1e6)
    expect(costOf({ input: 1000, output: 0 }, 'gpt-4o', at())).toBe(0.0025)
  })

  it('is that of the model with a date after its name, but not of another that begins so', () => {
    expect(costOf({ input: 1e6, output: 0 }, 'gpt-4o-2024-08-06', at())).toBe(2.5)
    expect(costOf({ input: 1e6, output: 0 }, 'gpt-4o-audio-preview', at())).toBeUndefined()
    expect(costOf({ input: 1e6, output: 0 }, 'gpt-4o-mini', at())).toBe(0.15)
    const claude = at('https://api.anthropic.com/v1/')
    expect(costOf({ input: 0, output: 1e6 }, 'claude-haiku-4-5-20251001', claude)).toBe(5)
  })

  it('takes the price of long requests for the whole of one', () => {
    expect(costOf({ input: 272_000, output: 1000 }, 'gpt-6.1-terra', at())).toBe(0.277)
    expect(costOf({ input: 300_000, output: 1000 }, 'gpt-6.1-terra', at())).toBe(0.6075)
    expect(costOf({ input: 300_000, output: 1000 }, 'gpt-5.4', at())).toBeUndefined()
  })

  it('follows a price that ends on a day', () => {
    const google = (day: string) =>
      pricesFor({ baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai', now: () => Date.parse(day) })
    expect(costOf({ input: 1e6, output: 0 }, 'models/gemini-3.8-flash', google('2026-12-31T23:00Z'))).toBe(0.75)
    expect(costOf({ input: 1e6, output: 0 }, 'gemini-3.8-flash', google('2027-01-01T00:00Z'))).toBe(1.5)
  })

  it('is not known for a model or an address that nobody told the price of', () => {
    expect(costOf({ input: 1, output: 1 }, 'some-model', at())).toBeUndefined()
    expect(costOf({ input: 1, output: 1 }, 'gpt-4o', at('https://example.com/v1'))).toBeUndefined()
    expect(costOf({ input: 1, output: 1 }, 'gpt-4o', at('no address'))).toBeUndefined()
  })

  it.each(['http://localhost:11434/v1', 'http://127.0.0.1:8080/v1', 'http://[::1]:1234/v1'])(
    'is nothing at %s',
    (url) => {
      expect(costOf({ input: 5000, output: 700 }, 'qwen3', at(url))).toBe(0)
    },
  )

  it("is the person's own price before all others", () => {
    const own = { qwen3: { input: 1, output: 2 }, 'gpt-4o': { input: 9, cached: 0, output: 9 } }
    const local = pricesFor({ baseUrl: 'http://localhost:1/v1', own })
    expect(costOf({ input: 1e6, cached: 5e5, output: 1e6 }, 'qwen3', local)).toBe(3)
    expect(costOf({ input: 1e6, cached: 1e6, output: 0 }, 'gpt-4o', pricesFor({ own }))).toBe(0)
  })
})

it('every price says where and when it was read', () => {
  for (const row of PRICE_TABLE) {
    expect(row.source).toMatch(/^https:\/\//)
    expect(row.read).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(row.output).toBeGreaterThanOrEqual(row.input)
    expect(row.cached ?? 0).toBeLessThan(row.input)
  }
})

describe('a file of prices', () => {
  const named = (text: string) => {
    const path = join(folder, `${Math.random()}.json`)
    writeFileSync(path, text)
    return { path, read: () => readConfig({}, { EASEL_PRICES: path, OPENAI_BASE_URL: 'https://example.com/v1' }) }
  }
  const FORM = 'Write { "my-model": { "input": 1, "cached": 0.1, "output": 4 } }, in US dollars for a million tokens.'

  it('is read where EASEL_PRICES or the config file names it', () => {
    const { path, read } = named('{ "my-model": { "input": 1, "cached": 0.1, "output": 4 } }')
    expect(read().spending.prices.of('my-model', 1)).toEqual({ input: 1, cached: 0.1, output: 4 })
    const config = named(JSON.stringify({ prices: path })).path
    const { spending } = readConfig({}, { EASEL_CONFIG: config })
    expect(spending.prices.of('my-model', 1)?.output).toBe(4)
  })

  it.each([
    ['{ "m": { "input": "1", "output": 4 } }', 'm.input'],
    ['{ "m": { "input": 1 } }', 'm.output'],
    ['{ "m": { "input": 1, "output": -4 } }', 'm.output'],
    ['{ "m": 3 }', 'm'],
  ])('that is wrong is refused with its key: %s', (text, key) => {
    const { path, read } = named(text)
    expect(read).toThrow(new UsageError(`The file of prices ${path} is wrong at "${key}". ${FORM}`))
  })

  it('that is no object, or is not there, is refused', () => {
    const { path, read } = named('[1]')
    expect(read).toThrow(`The file of prices ${path} is not a JSON object. ${FORM}`)
    expect(() => readConfig({}, { EASEL_PRICES: join(folder, 'none') })).toThrow(
      `The prices of ${join(folder, 'none')} (EASEL_PRICES) cannot be read.`,
    )
  })
})
