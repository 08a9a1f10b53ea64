// The loop between planner and sandbox: when it continues, when it gives up, and what it reports at the end.
import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../sandbox/limits.ts'
import type { Event } from '../sessions/event.ts'
import type { Verdict } from '../src/check/checker.ts'
import type { Journal } from '../src/journal.ts'
import type { Planner, Step } from '../src/planner/planner.ts'
import { createScriptedPlanner, type ScriptedStep } from './doubles/scripted-planner.ts'
import type { RunEnd } from '../src/runner/sandbox.ts'
import { runTurn, type TurnDeps } from '../src/turn.ts'

/** A snippet in these tests states how it ends: "ok", "threw: why", "rejected: why", "timeout", "file: name". */
function processes(planner: Planner): TurnDeps & { readonly ran: number[] } {
  let cells = 0
  const ran: number[] = []
  const check = (code: string): Promise<Verdict> => {
    const [what, why = ''] = code.split(': ')
    const diagnostic = { line: 1, column: 1, code: 'TS1', message: why }
    return Promise.resolve(what === 'rejected' ? { ok: false, diagnostics: [diagnostic] } : { ok: true })
  }
  return {
    planner,
    journal: inMemory(),
    limits: defaultLimits(),
    imageInput: { look: nothing, read: () => Promise.reject(new Error('nothing to see')) },
    imageGeneration: { draw: () => Promise.reject(new Error('nothing to draw with')) as never },
    nextCell: () => ++cells,
    seedOf: () => undefined,
    checker: { check, accept: () => undefined },
    variables: { prepare: nothing, ran: (cell) => ran.push(cell) },
    sandbox: {
      run({ cell, code }, emit): Promise<RunEnd> {
        const [what = '', why = ''] = code.split(': ')
        if (what === 'file') {
          const card = { kind: 'text', mime: 'text/plain', bytes: 1 } as const
          emit({ type: 'file', cell, name: why, blob: '', bytes: 1, card })
        }
        const status = what === 'threw' || what === 'timeout' ? what : 'ok'
        const failure = status === 'ok' ? {} : { code: 'EASEL_X', message: why }
        return Promise.resolve({ cell, status, ...failure, names: [], ms: 1, lost: status === 'timeout' })
      },
    },
    ran,
  }
}

function inMemory(): Journal {
  const events: Event[] = []
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

async function told(script: readonly ScriptedStep[], signal = new AbortController().signal): Promise<Event[]> {
  return turnOf(processes(createScriptedPlanner(script)), signal)
}

/** The events that the turn records. */
async function turnOf(deps: TurnDeps, signal = new AbortController().signal): Promise<Event[]> {
  await runTurn(deps, { text: 'x', files: [] }, signal)
  return [...deps.journal.events]
}

const last = (events: readonly Event[]): readonly Event[] => events.slice(-2)

describe('a turn', () => {
  it('runs each snippet and ends ok with the answer', async () => {
    const events = await told(['ok', { type: 'answer', text: 'There.' }])
    expect(events.map(({ type }) => type)).toEqual(['ask', 'cell', 'result', 'message', 'end'])
    expect(last(events)).toEqual([
      { type: 'message', text: 'There.' },
      { type: 'end', status: 'ok' },
    ])
  })

  it('answers what a planner looks up, and goes on', async () => {
    const look: ScriptedStep = {
      type: 'run',
      text: '',
      actions: [{ help: 'grid', callId: 'h1' }, { code: 'ok' }],
      unreadable: [],
    }
    const events = await told([look, { type: 'answer', text: 'There.' }])
    expect(events.map(({ type }) => type)).toEqual(['ask', 'help', 'cell', 'result', 'message', 'end'])
    expect(events[1]).toMatchObject({ topic: 'grid', callId: 'h1', text: expect.stringContaining('labelPosition') })
  })

  it('ends ok when a repair succeeded', async () => {
    expect(last(await told(['rejected: a', 'threw: b', 'ok']))).toEqual([
      { type: 'message', text: 'Done.' },
      { type: 'end', status: 'ok' },
    ])
  })

  it('stops at the third failure in a row, of whatever kind, with the last status and the files that were made', async () => {
    const events = await told(['file: a.txt', 'rejected: a', 'threw: b', 'threw: c', 'ok'])
    expect(last(events)).toEqual([
      {
        type: 'message',
        text: 'I stopped: 3 tries failed. These files were made and are kept: a.txt. The last error: c',
      },
      { type: 'end', status: 'threw', code: 'EASEL_X', message: 'c' },
    ])
  })

  it('stops when the same error comes twice in a row, figures aside, but not when something succeeded between', async () => {
    expect(last(await told(['threw: used 12 MB', 'threw: used 14 MB', 'ok']))).toMatchObject([
      { text: 'I stopped: the same error came twice. No file was made. The last error: used 14 MB' },
      { status: 'threw' },
    ])
    expect(last(await told(['rejected: p', 'rejected: p', 'ok']))[1]).toMatchObject({ status: 'rejected', code: 'TS1' })
    expect(last(await told(['threw: a', 'ok', 'threw: a', 'ok']))[1]).toEqual({ type: 'end', status: 'ok' })
  })

  it("leaves out what stands after a failed snippet of the same step, and ends with the last cell's status", async () => {
    const step: Step = { type: 'run', text: 'Two.', actions: [{ code: 'threw: a' }, { code: 'ok' }], unreadable: [] }
    const events = await told([step, { type: 'answer', text: 'I cannot.' }])
    expect(events.filter(({ type }) => type === 'cell')).toHaveLength(1)
    expect(events[1]).toEqual({ type: 'plan', text: 'Two.' })
    expect(last(events)).toEqual([
      { type: 'message', text: 'I cannot.' },
      { type: 'end', status: 'threw', code: 'EASEL_X', message: 'a' },
    ])
  })

  it('ends failed when the planner fails, and names the files made before', async () => {
    const events = await told(['file: a.txt', { type: 'failed', code: 'endpoint_lost', message: 'Nobody answers.' }])
    expect(last(events)).toEqual([
      { type: 'message', text: 'Nobody answers. These files were made and are kept: a.txt.' },
      { type: 'end', status: 'failed', code: 'endpoint_lost', message: 'Nobody answers.' },
    ])
  })

  it('counts a call that cannot be read as a failed try', async () => {
    const unreadable: Step = {
      type: 'run',
      text: '',
      actions: [],
      unreadable: [{ callId: 'c', arguments: '{', problem: 'Not JSON.' }],
    }
    expect(last(await told([unreadable, unreadable]))).toMatchObject([
      { text: expect.stringContaining('the same error came twice') },
      { status: 'rejected' },
    ])
  })

  it('stops after twenty steps', async () => {
    const events = await told(Array.from({ length: 30 }, () => 'ok'))
    expect(events.filter(({ type }) => type === 'cell')).toHaveLength(20)
    expect(last(events)).toEqual([
      { type: 'message', text: 'I stopped: 20 steps were not enough. No file was made.' },
      { type: 'end', status: 'ok' },
    ])
  })

  it('says when variables are lost, before the planner is asked again', async () => {
    const place = processes(
      createScriptedPlanner((journal, turn) => {
        if (turn === 0) return 'timeout'
        const notice = journal.findLast((event) => event.type === 'notice')
        return { type: 'answer', text: notice?.type === 'notice' ? notice.text : 'nothing' }
      }),
    )
    const events = await turnOf(place)
    expect(events.findLast((event) => event.type === 'message')).toMatchObject({
      text: expect.stringMatching(/restarted.*variables of earlier cells come back/),
    })
    expect(place.ran).toEqual([])
  })

  it('ends cancelled when it is aborted', async () => {
    const cancel = new AbortController()
    cancel.abort()
    expect((await told(['ok'], cancel.signal)).at(-1)).toEqual({
      type: 'end',
      status: 'cancelled',
      code: 'EASEL_CANCELLED',
      message: 'Cancelled.',
    })
  })
})
