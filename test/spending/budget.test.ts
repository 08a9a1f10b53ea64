// Budgets: sums from the journal, settings, and the message when one is used up.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { readConfig, UsageError } from '../../src/config/config.ts'
import { overrunOf, spentOf, uncounted } from '../../src/spending/budget.ts'
import { demandPrices } from '../../src/spending/settings.ts'
import { formatDollars, formatSpent } from '../../src/spending/messages.ts'

const ask: Event = { type: 'ask', text: 'x', files: [] }
const usage = (input: number, output: number, cost?: number, model = 'm'): Event => {
  return { type: 'usage', input, output, cached: 10, model, ...(cost === undefined ? {} : { cost }) }
}

describe('what was spent', () => {
  it('is the sum of all usage, also of requests that were taken back', () => {
    const replaced: Event = { type: 'replaced', seq: 0, files: [] }
    expect(spentOf([ask, usage(100, 5, 0.1), replaced, ask, usage(50, 6, 0.2), usage(1, 1)])).toEqual({
      input: 151,
      output: 12,
      cached: 30,
      cost: 0.3,
      unpriced: ['m'],
    })
  })

  it('has no cost where no price is known', () => {
    expect(spentOf([usage(1, 2)])).toEqual({ input: 1, output: 2, cached: 10, cost: undefined, unpriced: ['m'] })
  })
})

describe('a budget', () => {
  const journal = [ask, usage(900, 100, 0.3), ask, usage(400, 100, 0.2)]

  it('of a turn counts from its request on, that of a session everything', () => {
    expect(
      overrunOf(journal, { turnTokens: 501, sessionTokens: 1501, turnCost: 0.21, sessionCost: 0.51 }),
    ).toBeUndefined()
    expect(overrunOf(journal, { turnTokens: 500 })).toEqual({
      code: 'budget_tokens',
      what: 'the budget of a turn (500 tokens) is used up: 500',
      advice: 'The next request has its own; EASEL_TURN_TOKENS raises it.',
    })
    expect(overrunOf(journal, { sessionTokens: 1000 })?.what).toBe(
      'the budget of this session (1,000 tokens) is used up: 1,500',
    )
    expect(overrunOf(journal, { turnCost: 0.2 })?.what).toBe('the budget of a turn ($0.20) is used up: $0.20')
    expect(overrunOf(journal, { sessionCost: 0.45 })).toEqual({
      code: 'budget_cost',
      what: 'the budget of this session ($0.45) is used up: $0.50',
      advice: 'Raise it with --budget or EASEL_SESSION_COST to go on.',
    })
  })

  it('of money says what it cannot count', () => {
    expect(uncounted([ask, usage(1, 1, undefined, 'x')], { sessionCost: 0.5 })).toBe(
      'The price of "x" is not known, so its use does not count towards the budget of $0.50. Put the price into a file and set EASEL_PRICES to its path.',
    )
    expect(uncounted([ask, usage(1, 1, 0.1)], { sessionCost: 0.5 })).toBeUndefined()
    expect(uncounted([ask, usage(1, 1)], { turnTokens: 5 })).toBeUndefined()
  })
})

describe('the settings', () => {
  it('are the flag before the variable, and two million tokens a turn unless told otherwise', () => {
    expect(readConfig({ budget: '0.50' }, { EASEL_SESSION_COST: '3' }).spending.budgets).toEqual({
      turnTokens: 2_000_000,
      sessionTokens: undefined,
      turnCost: undefined,
      sessionCost: 0.5,
    })
    const env = { EASEL_TURN_TOKENS: '0', EASEL_SESSION_TOKENS: '1.5M', EASEL_TURN_COST: '$2', EASEL_SESSION_COST: '3' }
    expect(readConfig({}, env).spending.budgets).toEqual({
      turnTokens: undefined,
      sessionTokens: 1_500_000,
      turnCost: 2,
      sessionCost: 3,
    })
  })

  it.each([
    ['--budget', { budget: 'much' }, {}],
    ['--budget', { budget: '0' }, {}],
    ['EASEL_TURN_COST', {}, { EASEL_TURN_COST: '-1' }],
  ])('of money that are wrong are refused: %s', (name, flags, env) => {
    const text = Object.values({ ...flags, ...env })[0]
    expect(() => readConfig(flags, env)).toThrow(
      new UsageError(`${name} cannot be "${text}"; write US dollars above 0, like 0.50.`),
    )
  })

  it('of tokens that are wrong are refused', () => {
    expect(() => readConfig({}, { EASEL_TURN_TOKENS: 'many' })).toThrow(
      new UsageError('EASEL_TURN_TOKENS cannot be "many"; write tokens like 50000, 500k or 2M, 0 for no limit.'),
    )
    expect(() => readConfig({}, { EASEL_CONTEXT: '8x', OPENAI_API_KEY: 'k' })).toThrow('EASEL_CONTEXT cannot be "8x"')
  })

  it('of the context refuse one in which no turn fits', () => {
    const read = (said: string) => readConfig({}, { EASEL_CONTEXT: said, OPENAI_API_KEY: 'k' }).model?.context
    for (const small of ['100', '3999', '3.9k']) {
      expect(() => read(small)).toThrow(
        new UsageError(`EASEL_CONTEXT cannot be "${small}"; the minimum is 4,000 tokens; 0 means no limit.`),
      )
    }
    expect([read('4k'), read('0')]).toEqual([4000, undefined])
  })

  it('refuse a budget of money for a model without a price', () => {
    const { spending } = readConfig({ budget: '0.5' }, { OPENAI_BASE_URL: 'https://example.com/v1' })
    expect(() => demandPrices(spending, ['that'])).toThrow(
      new UsageError(
        'A budget of $0.5 needs the price of "that", which is not known here. Put it, in dollars per million tokens, into a file and set EASEL_PRICES to its path: {"that":{"input":1,"cached":0.1,"output":4}} Or set EASEL_SESSION_TOKENS instead.',
      ),
    )
    const local = readConfig({ budget: '0.5' }, { OPENAI_BASE_URL: 'http://localhost:1/v1' })
    expect(() => demandPrices(local.spending, ['that'])).not.toThrow()
  })
})

it('says tokens and money so that small sums can be read', () => {
  expect([0, 12.3, 0.5, 0.0042, 0.000_012_5].map(formatDollars)).toEqual([
    '$0',
    '$12.30',
    '$0.50',
    '$0.0042',
    '$0.000013',
  ])
  expect(formatSpent({ input: 1234, cached: 1000, output: 56, cost: 0.0042 })).toBe(
    '1,234 tokens in (1,000 cached), 56 out, $0.0042',
  )
  expect(formatSpent(spentOf([usage(5, 6)]))).toBe('5 tokens in (10 cached), 6 out')
  expect(formatSpent({ ...spentOf([usage(5, 6, 1), usage(1, 1)]), cached: 0 })).toBe(
    '6 tokens in, 7 out, at least $1.00',
  )
})
