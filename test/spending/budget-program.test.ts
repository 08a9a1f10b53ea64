// Costs and budgets as users meet them: on the command line, in a chat, over HTTP.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createScriptedPlanner } from '../doubles/scripted-planner.ts'
import { pricesFor } from '../../src/spending/prices.ts'
import { easel } from '../cli/main.ts'
import { eventsOfType, newFolder, onlyEvent } from '../cli/program.ts'
import { openScene } from '../http/scene.ts'
import { callChunks, textAnswer, usageChunk } from '../doubles/model-server/chunks.ts'
import { answerStream, startWireServer, type WireAnswer, type WireServer } from '../doubles/model-server/server.ts'

const servers: WireServer[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))

async function scripted(...answers: WireAnswer[]): Promise<WireServer> {
  const server = await startWireServer()
  servers.push(server)
  server.reply(...answers)
  return server
}

const words = (text: string): WireAnswer => answerStream([...textAnswer(text), usageChunk(1234, 56, 1000)])
const code = (text: string): WireAnswer =>
  answerStream([...callChunks([{ id: 'call_1', name: 'run', code: text }]), usageChunk(1000, 100)])

/** A local server with a price that the user configured. */
function priced(server: WireServer): Record<string, string> {
  const prices = join(newFolder(), 'prices.json')
  writeFileSync(prices, '{ "test-model": { "input": 10, "cached": 1, "output": 20 } }')
  return { OPENAI_BASE_URL: server.url, EASEL_MODEL: 'test-model', EASEL_PRICES: prices }
}

describe('at the command line', () => {
  it('one quiet line after a turn says what it took, and /cost says it of the session', async () => {
    const server = await scripted(words('One.'), words('Two.'))
    const ended = await easel(['chat'], { env: priced(server), input: 'first\nsecond\n/cost\n' })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout.split('1,234 tokens in (1,000 cached), 56 out, $0.0045\n')).toHaveLength(3)
    expect(ended.stdout).toContain('This session: 2,468 tokens in (2,000 cached), 112 out, $0.0089.\n')
  })

  it('--budget ends the turn that used it up, and a larger one goes on with the session', async () => {
    const server = await scripted(code('1 + 1'), words('Two.'))
    const env = priced(server)
    const data = newFolder()
    const first = await easel(['ask', 'add', '--json', '--budget', '0.012', '--data', data], { env })
    expect(first.code).toBe(1)
    expect(onlyEvent(first, 'usage')).toMatchObject({ input: 1000, output: 100, cost: 0.012 })
    expect(onlyEvent(first, 'end')).toEqual({
      type: 'end',
      status: 'failed',
      code: 'budget_cost',
      message:
        'I stopped: the budget of this session ($0.012) is used up: $0.012. Raise it with --budget or EASEL_SESSION_COST to go on.',
    })
    expect(onlyEvent(first, 'message').text).toMatch(/^I stopped: the budget of this session \(\$0\.012\) is used up/)
    const { id } = onlyEvent(first, 'session')
    const more = await easel(['ask', 'go on', '--json', '--budget', '0.1', '--data', data, '--session', id], { env })
    expect(eventsOfType(more, 'end')).toEqual([{ type: 'end', status: 'ok' }])
  })

  it('a budget of money is refused for a model without a price, before anything starts', async () => {
    const ended = await easel(['ask', 'x', '--budget', '0.5'], { env: { OPENAI_BASE_URL: 'https://example.com/v1' } })
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(
      /^easel: A budget of \$0\.5 needs the price of "gpt-6\.1-terra", which is not known here/,
    )
  })
})

it('over HTTP budgets stand among the limits, and a session says what it took', async () => {
  const usage = { type: 'usage', input: 100, output: 10, cached: 40, model: 'm' } as const
  const planner = createScriptedPlanner([{ events: [usage], step: { type: 'answer', text: 'There.' } }])
  const prices = pricesFor({ baseUrl: 'https://example.com', own: { m: { input: 1, output: 2 } } })
  const { client } = await openScene({ planner, spending: { prices, budgets: { turnTokens: 5000, sessionCost: 2 } } })
  const one = client()
  expect(await one.get('/api/info')).toMatchObject({ limits: { turnTokens: 5000, sessionCost: 2 } })
  const id = await one.session()
  expect(await one.get(`/api/sessions/${id}`)).toMatchObject({ usage: { input: 0, output: 0, cached: 0 } })
  await one.ask(id, 'x')
  const { usage: spent } = await one.get(`/api/sessions/${id}`)
  expect(spent).toEqual({ input: 100, output: 10, cached: 40, cost: 0.000_12 })
})
