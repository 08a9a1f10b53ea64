import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import type { Step } from '../../src/planner/planner.ts'
import { callChunks, textAnswer, type CallScript } from '../doubles/model-server/chunks.ts'
import { ask, cell, result } from '../doubles/model-server/journal.ts'
import { plan, plannerOn, type Planned } from '../doubles/model-server/planning.ts'
import { answerError, answerStream, startWireServer, type WireServer } from '../doubles/model-server/server.ts'

let server: WireServer
beforeEach(async () => {
  server = await startWireServer()
})
afterEach(() => server.close())

const CODE = "const delay = 100\nawait animate(pics, { delay }) // 动图 😀\nawait save('a.gif')"
const journal: Event[] = [ask('x'), cell(1, CODE, { callId: 'first' }), result(1), ask('slower')]
const slower = [{ find: 'delay = 100', replace: 'delay = 200' }]

/** The planner's reading of these calls, with their arguments split into pieces of `size` characters. */
async function planned(calls: readonly CallScript[], size = 5): Promise<Planned> {
  server.reply(answerStream(callChunks(calls, { size })))
  return plan(plannerOn(server), journal)
}

const editing = (args: object, id = 'e'): CallScript => ({ id, name: 'edit', arguments: JSON.stringify(args) })

/** The only call's problem. */
function problemOf({ step }: { step: Step }): string | undefined {
  return step.type === 'run' && step.actions.length === 0 ? step.unreadable[0]?.problem : undefined
}

describe('An edit call', () => {
  test('is the whole new cell and what it was made of, however its arguments are split', async () => {
    for (const size of [1, 2, 7, 1000]) {
      const { step, code } = await planned([editing({ cell: 1, edits: slower, purpose: 'slower' })], size)
      expect(step).toEqual({
        type: 'run',
        text: '',
        actions: [
          { code: CODE.replace('100', '200'), from: { cell: 1, edits: slower }, purpose: 'slower', callId: 'e' },
        ],
        unreadable: [],
      })
      expect(code).toBe('')
    }
  })

  test.each([
    ['one edit without a list', { cell: 1, edits: slower[0] }],
    ['a list as a string of JSON', { cell: 1, edits: JSON.stringify(slower) }],
    ['one edit as a string of JSON', { cell: 1, edits: JSON.stringify(slower[0]) }],
    ['find and replace beside the number', { cell: 1, ...slower[0] }],
    ['the number as text', { cell: 'cell 1', edits: slower }],
  ])('may hold %s', async (_, args) => {
    const { step } = await planned([editing(args)])
    expect(step).toMatchObject({
      actions: [{ code: CODE.replace('100', '200'), from: { cell: 1, edits: slower } }],
      unreadable: [],
    })
  })

  test('may hold numbers where text is meant', async () => {
    const { step } = await planned([editing({ cell: 1, edits: [{ find: 100, replace: 50 }] })])
    expect(step).toMatchObject({ actions: [{ code: CODE.replace('100', '50') }] })
  })

  test('under the name of the other tool is still an edit, and code under the name "edit" is still code', async () => {
    const { step } = await planned([
      { id: 'a', name: 'run', arguments: JSON.stringify({ cell: 1, edits: slower }) },
      { id: 'b', name: 'edit', arguments: JSON.stringify({ code: 'let x = 1' }) },
    ])
    expect(step).toMatchObject({
      actions: [
        { code: CODE.replace('100', '200'), callId: 'a' },
        { code: 'let x = 1', callId: 'b' },
      ],
    })
  })

  test('without changes runs the cell as it is', async () => {
    expect((await planned([editing({ cell: 1, edits: [] })])).step).toMatchObject({
      actions: [{ code: CODE, from: { cell: 1, edits: [] } }],
    })
  })

  test('beside a readable call does not take that one along when it cannot be made', async () => {
    const wrong = editing({ cell: 1, edits: [{ find: 'nowhere', replace: '' }] }, 'w')
    expect((await planned([{ id: 'a', code: '1' }, wrong])).step).toMatchObject({
      actions: [{ code: '1', callId: 'a' }],
      unreadable: [{ callId: 'w', arguments: wrong.arguments }],
    })
  })
})

describe('An edit call that cannot be made goes back with what is wrong:', () => {
  test.each([
    [
      'a piece that does not stand there',
      { cell: 1, edits: [{ find: 'delay = 10;', replace: 'delay = 20;' }] },
      '"delay = 10;" does not occur in cell 1. The nearest is line 1: const delay = 100. Copy the piece from the current code.',
    ],
    [
      'a piece that stands several times',
      { cell: 1, edits: [{ find: 'await', replace: '' }] },
      '"await" occurs 2 times in cell 1 (line 2: await animate(pics, { delay }) // 动图 😀; line 3: await save(\'a.gif\')). Include more of the surrounding code, so that it occurs once.',
    ],
    ['an unknown cell', { cell: 4, edits: slower }, 'There is no cell 4: the last one is cell 1.'],
    [
      'no cell',
      { edits: slower },
      'The arguments lack "cell", the number of the cell to edit. Send {"cell": 3, "edits": [{"find": "…", "replace": "…"}]}.',
    ],
    [
      'no edits',
      { cell: 1, changes: slower },
      'The arguments lack "edits", a list of {"find", "replace"}. Send {"cell": 3, "edits": [{"find": "…", "replace": "…"}]}.',
    ],
    [
      'edits that are no edits',
      { cell: 1, edits: 'delay = 200' },
      'The arguments lack "edits", a list of {"find", "replace"}. Send {"cell": 3, "edits": [{"find": "…", "replace": "…"}]}.',
    ],
    [
      'half an edit',
      { cell: 1, edits: [{ find: 'delay = 100' }] },
      'The edit of "delay = 100" lacks "replace"; "" takes the piece out.',
    ],
  ])('%s', async (_, args, problem) => {
    expect(problemOf(await planned([editing(args)]))).toBe(problem)
  })

  test('no JSON', async () => {
    const { step } = await planned([{ id: 'e', name: 'edit', arguments: '{"cell": 1, edits' }])
    expect(problemOf({ step })).toMatch(
      /^The arguments are not JSON \(.+\)\. Send \{"cell": 3, "edits": \[\{"find": "…", "replace": "…"\}\]\}\.$/s,
    )
  })
})

describe('A model without tools', () => {
  /** Its answer after its endpoint has refused tools. */
  async function answered(text: string, size = 3): Promise<Planned> {
    server.reply(
      answerError(400, { error: { message: 'm does not support tools' } }),
      answerStream(textAnswer(text), { pieceBytes: size }),
    )
    return plan(plannerOn(server), journal)
  }
  const pair = '<<<<<<< SEARCH\ndelay = 100\n=======\ndelay = 200\n>>>>>>> REPLACE'
  const other = "<<<<<<< SEARCH\nawait save('a.gif')\n=======\n>>>>>>> REPLACE"

  test('edits with a block of pairs, of which nothing shows before the cell does', async () => {
    for (const opening of ['edit 1', 'edit cell 1', 'edit #1', ' edit: 1']) {
      const { step, text, code } = await answered(`Slower.\n\n\`\`\`${opening}\n${pair}\n${other}\n\`\`\`\n`)
      const edits = [...slower, { find: "await save('a.gif')", replace: '' }]
      const changed = CODE.replace('100', '200').replace("await save('a.gif')", '')
      expect(step).toEqual({
        type: 'run',
        text: 'Slower.',
        actions: [{ code: changed, from: { cell: 1, edits } }],
        unreadable: [],
      })
      expect(text.trim()).toBe('Slower.')
      expect(code).toBe('')
    }
  })

  test.each([
    [
      'whose piece does not stand there',
      `edit 1\n${pair.replace('delay = 100', 'zoom = 5')}`,
      '"zoom = 5" does not occur in cell 1. Copy the piece from the current code.',
    ],
    [
      'without a number',
      `edit\n${pair}`,
      'The block does not say which cell it edits: open it with ```edit and the number of the cell.',
    ],
    [
      'of pairs that calls itself code',
      `ts\n${pair}`,
      'The block does not say which cell it edits: open it with ```edit and the number of the cell.',
    ],
    [
      'of code that calls itself an edit',
      'edit 1\nlet x = 1',
      'The block contains a line outside its pairs. Write each pair as: <<<<<<< SEARCH, the piece as it stands, =======, the new piece, >>>>>>> REPLACE, each on lines of their own.',
    ],
    [
      'whose last pair is not whole',
      'edit 1\n<<<<<<< SEARCH\nx\n=======\ny',
      'The last pair of the block is incomplete. Write each pair as: <<<<<<< SEARCH, the piece as it stands, =======, the new piece, >>>>>>> REPLACE, each on lines of their own.',
    ],
  ])('reads why a block %s cannot be made', async (_, block, problem) => {
    expect(problemOf(await answered(`\`\`\`${block}\n\`\`\``))).toBe(problem)
  })

  test('keeps lines of its answer that only begin like a block of edits', async () => {
    const { step } = await answered('Use\n```editor\nx\n```\nor `edit 3`')
    expect(step).toEqual({ type: 'answer', text: 'Use\n```editor\nx\n```\nor `edit 3`' })
  })
})
