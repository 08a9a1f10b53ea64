// A conversation of 200 requests with a small context limit: requests stay below it, and files and cells stay known.
import type OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Event } from '../../sessions/event.ts'
import type { Journal } from '../../src/journal.ts'
import { createCompactingPlanner } from '../../src/planner/compaction/compacting-planner.ts'
import type { Planner } from '../../src/planner/planner.ts'
import { estimateTokens } from '../../src/planner/compaction/token-estimate.ts'
import { runTurn, type TurnDeps } from '../../src/turn.ts'
import { callChunks, textAnswer, usageChunk } from '../doubles/model-server/chunks.ts'
import { plannerOn } from '../doubles/model-server/planning.ts'
import {
  answerError,
  answerStream,
  startWireServer,
  type WireAnswer,
  type WireServer,
} from '../doubles/model-server/server.ts'

let server: WireServer
beforeEach(async () => {
  server = await startWireServer()
})
afterEach(() => server.close())

interface Seen {
  readonly messages: OpenAI.ChatCompletionMessageParam[]
  readonly tokens: number
  readonly refused: boolean
}

/**
 * A model that makes one file per request, and returns to the first cell at request 150; it refuses more than `limit`.
 */
function model(limit: number, seen: Seen[]): WireAnswer {
  return (response, request) => {
    const { messages } = request.body
    const tokens = estimateTokens(JSON.stringify(request.body))
    seen.push({ messages, tokens, refused: tokens > limit })
    if (tokens > limit) {
      const message = `This model's maximum context length is ${limit} tokens. However, your messages resulted in ${tokens} tokens.`
      return answerError(400, { error: { message, code: 'context_length_exceeded' } })(response, request)
    }
    const last = messages.at(-1)
    const count = usageChunk(tokens, 20)
    if (last?.role === 'tool') return answerStream([...textAnswer('It is there.'), count])(response, request)
    const n = Number(/^Request (\d+)/.exec(typeof last?.content === 'string' ? last.content : '')?.[1])
    const edit = JSON.stringify({ cell: 1, edits: [{ find: 'out1.png', replace: 'again.png' }] })
    const call = n === 150 ? { id: 'e', name: 'edit', arguments: edit } : { id: 'r', code: `file: out${n}.png` }
    return answerStream([...callChunks([call]), count])(response, request)
  }
}

// oxlint-disable-next-line require-yield
async function* nothing(): AsyncGenerator<never> {}

function processes(planner: Planner, journal: Journal): TurnDeps {
  let cells = 0
  return {
    planner,
    journal,
    limits: defaultLimits(),
    imageInput: { look: nothing, read: () => Promise.reject(new Error('nothing to see')) },
    imageGeneration: { draw: () => Promise.reject(new Error('nothing to draw with')) as never },
    nextCell: () => ++cells,
    seedOf: () => undefined,
    checker: { check: () => Promise.resolve({ ok: true }), accept: () => undefined },
    variables: { prepare: nothing, ran: () => undefined },
    sandbox: {
      run({ cell, code }, emit) {
        const card = { kind: 'text', mime: 'text/plain', bytes: 1 } as const
        emit({ type: 'file', cell, name: code.replace('file: ', ''), blob: '', bytes: 1, card })
        return Promise.resolve({ cell, status: 'ok', names: [`v${cell}`], ms: 1, lost: false })
      },
    },
  }
}

/** Runs the conversation; checks after each turn that the journal only grew. */
async function converse(limit: number, context: number | undefined) {
  const seen: Seen[] = []
  const turns = 200
  server.reply(...Array.from({ length: turns * 4 }, () => model(limit, seen)))
  const events: Event[] = []
  const record = (event: Event): Promise<Event> => {
    events.push(Object.freeze(event))
    return Promise.resolve(event)
  }
  const place = processes(createCompactingPlanner(plannerOn(server), context), { events, record })
  const signal = new AbortController().signal
  for (let n = 1; n <= turns; n++) {
    const text = `Request ${n}: draw the picture number ${n}, with a frame of ${n} pixels and a shadow below it.`
    await runTurn(place, { text, files: [] }, signal)
    expect(events.at(-1)).toEqual({ type: 'end', status: 'ok' })
  }
  return { seen, events }
}

const LIMIT = 9000

describe.each([
  ['that nobody knows the context of', undefined],
  ['whose context is known', LIMIT],
])('an endpoint %s', (_, context) => {
  it(
    'answers 200 requests, and still knows the first words, the newest files and every cell',
    { timeout: 60_000 },
    async () => {
      const { seen, events } = await converse(LIMIT, context)
      const refused = seen.filter((one) => one.refused)
      const compactions = events.filter(({ type }) => type === 'compacted')
      expect(compactions.length).toBeGreaterThan(2)
      expect(compactions.length).toBeLessThan(40)
      expect(refused).toHaveLength(context === undefined ? compactions.length : 0)
      // The event reports it; a notice would repeat it.
      expect(events.filter(({ type }) => type === 'notice')).toEqual([])

      // The prompt cache stays valid except at compactions: every other request begins with the one before it.
      const answered = seen.filter((one) => !one.refused)
      const fresh = answered.filter(({ messages }, n) => {
        const before = answered[n - 1]?.messages ?? []
        return JSON.stringify(messages.slice(0, before.length)) !== JSON.stringify(before)
      })
      expect(fresh).toHaveLength(compactions.length)

      const last = JSON.stringify(answered.at(-1)?.messages)
      for (const part of ['Request 1: draw', 'Request 200: draw', 'out199.png', 'out198.png'])
        expect(last).toContain(part)
      // The cell made by editing a cell that was summarized long before.
      const edited = events.find((event) => event.type === 'cell' && event.cell === 150)
      expect(edited).toMatchObject({ code: 'file: again.png', from: { cell: 1 } })
      expect(events.filter(({ type }) => type === 'ask')).toHaveLength(200)
      expect(events.filter(({ type }) => type === 'file')).toHaveLength(200)
    },
  )
})

it('that refuses even the last request alone is told so', async () => {
  const seen: Seen[] = []
  server.reply(...Array.from({ length: 9 }, () => model(100, seen)))
  const events: Event[] = [{ type: 'ask', text: 'Request 1', files: [] }]
  events.push({ type: 'message', text: 'x'.repeat(5000) }, { type: 'end', status: 'ok' })
  events.push({ type: 'ask', text: 'Request 2', files: [] })
  const steps = createCompactingPlanner(plannerOn(server), undefined).next(events, new AbortController().signal)
  const told: string[] = []
  for (;;) {
    const { value, done } = await steps.next()
    if (done) {
      expect(value).toMatchObject({ type: 'failed', code: 'endpoint_context' })
      break
    }
    told.push(value.type)
  }
  expect(told[0]).toBe('compacted')
  expect(seen.length).toBeLessThanOrEqual(3)
})
