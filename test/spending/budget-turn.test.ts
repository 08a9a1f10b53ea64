// Costs within a turn: each usage event gets its cost, and an exhausted budget ends the turn like giving up does.
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import type { Journal } from '../../src/journal.ts'
import { createScriptedPlanner, type ScriptedStep } from '../doubles/scripted-planner.ts'
import type { Budgets } from '../../src/spending/budget.ts'
import { pricesFor } from '../../src/spending/prices.ts'
import { runTurn, type TurnDeps } from '../../src/turn.ts'

const PRICES = pricesFor({ baseUrl: 'https://example.com', own: { m: { input: 10, cached: 1, output: 100 } } })

/** Each answer takes 1,000 input tokens, 900 of them cached, and 10 output tokens: $0.0029. */
const step = (file: string, model = 'm'): ScriptedStep => ({
  events: [{ type: 'usage', input: 1000, cached: 900, output: 10, model }],
  step: file,
})

function inMemory(events: Event[] = []): Journal {
  return {
    events,
    record(event) {
      events.push(event)
      return Promise.resolve(event)
    },
  }
}

// oxlint-disable-next-line require-yield
async function* nothing(): AsyncGenerator<never> {}

function processes(script: readonly ScriptedStep[], journal: Journal, budgets: Budgets): TurnDeps {
  let cells = 0
  return {
    planner: createScriptedPlanner(script),
    journal,
    spending: { budgets, prices: PRICES },
    limits: defaultLimits(),
    imageInput: { look: nothing, read: () => Promise.reject(new Error('nothing to see')) },
    imageGeneration: {
      async *draw({ drawing }) {
        yield { type: 'drawing', ...drawing }
        yield { type: 'usage', input: 100, output: 1000, model: 'm' }
        const drawn = { type: 'drawn', status: 'ok', ms: 1 } as const
        yield drawn
        return drawn
      },
    },
    nextCell: () => ++cells,
    seedOf: () => undefined,
    checker: { check: () => Promise.resolve({ ok: true }), accept: () => undefined },
    variables: { prepare: nothing, ran: () => undefined },
    sandbox: {
      run({ cell, code }, emit) {
        const card = { kind: 'text', mime: 'text/plain', bytes: 1 } as const
        emit({ type: 'file', cell, name: code, blob: '', bytes: 1, card })
        return Promise.resolve({ cell, status: 'ok', names: [], ms: 1, lost: false })
      },
    },
  }
}

async function turn(script: readonly ScriptedStep[], budgets: Budgets, journal = inMemory()): Promise<Event[]> {
  const before = journal.events.length
  await runTurn(processes(script, journal, budgets), { text: 'x', files: [] }, new AbortController().signal)
  return journal.events.slice(before)
}

const usages = (events: readonly Event[]): EventOf<'usage'>[] =>
  events.filter((event): event is EventOf<'usage'> => event.type === 'usage')

describe('a usage', () => {
  it('gets its cost where the price is known, and none where it is not', async () => {
    const events = await turn([step('a.txt'), step('b.txt', 'other')], {})
    expect(usages(events)).toEqual([
      { type: 'usage', input: 1000, cached: 900, output: 10, model: 'm', cost: 0.0029 },
      { type: 'usage', input: 1000, cached: 900, output: 10, model: 'other' },
    ])
  })

  it('of a drawing has a cost too', async () => {
    const drawing = { prompt: 'a fox', name: 'fox.png', inputs: [] }
    const events = await turn([{ type: 'run', text: '', actions: [{ drawing }], unreadable: [] }], {})
    expect(usages(events)).toEqual([{ type: 'usage', input: 100, output: 1000, model: 'm', cost: 0.101 }])
  })
})

describe('a budget of a turn', () => {
  it('ends it before the next step, names limit and actual, and keeps the files', async () => {
    const events = await turn([step('a.txt'), step('b.txt'), step('c.txt')], { turnTokens: 2000 })
    expect(events.slice(-2)).toEqual([
      {
        type: 'message',
        text: 'I stopped: the budget of a turn (2,000 tokens) is used up: 2,020. The next request has its own; EASEL_TURN_TOKENS raises it. These files were made and are kept: a.txt, b.txt.',
      },
      {
        type: 'end',
        status: 'failed',
        code: 'budget_tokens',
        message:
          'I stopped: the budget of a turn (2,000 tokens) is used up: 2,020. The next request has its own; EASEL_TURN_TOKENS raises it.',
      },
    ])
    expect(events.filter(({ type }) => type === 'cell')).toHaveLength(2)
  })

  it('lets the answer through that used it up', async () => {
    const last: ScriptedStep = {
      events: [{ type: 'usage', input: 5000, output: 10, model: 'm' }],
      step: { type: 'answer', text: 'There.' },
    }
    expect((await turn([last], { turnTokens: 100 })).slice(-2)).toEqual([
      { type: 'message', text: 'There.' },
      { type: 'end', status: 'ok' },
    ])
  })

  it('begins anew with the next request', async () => {
    const journal = inMemory()
    await turn([step('a.txt'), step('b.txt')], { turnTokens: 1000 }, journal)
    const events = await turn([step('c.txt')], { turnTokens: 1500 }, journal)
    expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
  })
})

describe('a budget of a session', () => {
  it('counts what requests cost that were taken back, and asks nothing more until it is raised', async () => {
    const journal = inMemory()
    await turn([step('a.txt'), step('b.txt')], { sessionCost: 1 }, journal)
    await journal.record({ type: 'replaced', seq: 0, files: [] })
    const stopped = await turn([step('c.txt')], { sessionCost: 0.005 }, journal)
    expect(stopped.map(({ type }) => type)).toEqual(['ask', 'message', 'end'])
    expect(stopped.at(-1)).toMatchObject({
      code: 'budget_cost',
      message:
        'I stopped: the budget of this session ($0.005) is used up: $0.0058. Raise it with --budget or EASEL_SESSION_COST to go on.',
    })
    const raised = await turn([step('c.txt')], { sessionCost: 0.02 }, journal)
    expect(raised.at(-1)).toEqual({ type: 'end', status: 'ok' })
  })

  it('of money says once that it cannot count a model without a price, and goes on', async () => {
    const journal = inMemory()
    const script = [step('a.txt', 'other'), step('b.txt', 'other')]
    const events = await turn(script, { sessionCost: 0.001 }, journal)
    const again = await turn(script, { sessionCost: 0.001 }, journal)
    const notices = [...events, ...again].filter(({ type }) => type === 'notice')
    expect(notices).toEqual([
      {
        type: 'notice',
        text: 'The price of "other" is not known, so its use does not count towards the budget of $0.001. Put the price into a file and set EASEL_PRICES to its path.',
      },
    ])
    expect(again.at(-1)).toEqual({ type: 'end', status: 'ok' })
  })
})
