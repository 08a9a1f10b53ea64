// What a model reads about files and results: what helps it, once, and without noise.
import { describe, expect, test } from 'vitest'
import { tableFacts } from '../../sandbox/native/facts/table-facts.ts'
import type { Event, EventOf } from '../../sessions/event.ts'
import { describeUpload } from '../../src/planner/messages/card.ts'
import { buildMessages } from '../../src/planner/messages/messages.ts'
import { createFenceReader } from '../../src/planner/openai/reply/fence.ts'

const cardOf = async (csv: string) => ({
  kind: 'table' as const,
  mime: 'text/csv',
  bytes: csv.length,
  ...(await tableFacts('t.csv', {
    size: csv.length,
    read: (from, most) => Buffer.from(csv).subarray(from, from + most),
  })),
})
const columns = async (csv: string): Promise<string> =>
  /columns: .*/.exec(describeUpload('t.csv', await cardOf(csv)))?.[0] ?? ''

describe('the card of a table', () => {
  test('has the names of a text column where they are not many, for the phrasebook alone', async () => {
    const csv = `name,n\n${Array.from({ length: 100 }, (_, n) => `person ${n},1`).join('\n')}\n`
    expect((await cardOf(csv)).columns[0]!.names).toHaveLength(100)
    expect((await cardOf(`${csv}one more,1`)).columns[0]).toEqual({ name: 'name', type: 'text', distinct: 101 })
    expect(await columns(csv)).toBe('columns: name (text), n (number 1 to 1)')
  })

  test('tells the ends of numbers and dates, and how many are missing', async () => {
    const csv = 'name,age,day,note\nAnn,31,2024-05-01,\nBo,,2023-01-09,x\nCy,"1,250.5",2024-02-02,\n,(7),,\n'
    expect(await columns(csv)).toBe(
      'columns: name (text, 1 missing), age (number -7 to 1250.5, 1 missing), ' +
        'day (date 2023-01-09 to 2024-05-01, 1 missing), note (text, 3 missing)',
    )
  })

  test('tells a run of years as a range, and other numbers one by one', async () => {
    const years = Array.from({ length: 20 }, (_, i) => 2003 + i)
    const wide = `region,${years.join(',')},1,2\nA,${years.map((year) => year - 2000).join(',')},5,6\nB,${years.map(() => '').join(',')},7,8\n`
    expect(await columns(wide)).toBe(
      'columns: region (text), 2003 to 2022 (20 columns of number, 3 to 22, 20 missing), 1 (number 5 to 7), 2 (number 6 to 8)',
    )
    expect(await columns('a,2001,2003\nx,1,2\n')).toBe('columns: a (text), 2001 (number 1 to 1), 2003 (number 2 to 2)')
    const down = 'a,2004,2003,2002,2001,2010\nx,1,2,3,4,5\n'
    expect(await columns(down)).toBe(
      'columns: a (text), 2004 to 2001 (4 columns of number, 1 to 4), 2010 (number 5 to 5)',
    )
  })

  test('tells what a text column may say where that is little', async () => {
    const rows = ['a,yes,x1', 'b,no,x2', 'c,no,x3', 'd,,x4', 'e,"no\nt",x5', 'f,"no\nt",x6']
    expect(await columns(`n,smoker,code\n${rows.join('\n')}\n`)).toBe(
      'columns: n (text), smoker (text, 1 missing), code (text)',
    )
    expect(await columns(`n,smoker,code\n${[...rows, 'g,yes,x1', 'h,no,x2'].join('\n')}\n`)).toBe(
      'columns: n (text), smoker (text: no | yes | no t, 1 missing), code (text)',
    )
  })

  test('looks at the first part of a large one, and says so', async () => {
    const row = `${'x'.repeat(1000)},5\n`
    const card = await cardOf(`a,b\n${row.repeat(4000)}z,9\n`)
    expect(card).toMatchObject({ rows: 4001, seen: expect.any(Number) })
    expect(card.seen).toBeLessThan(4001)
    expect(describeUpload('t.csv', card)).toContain(
      `columns (of the first ${card.seen?.toLocaleString('en-US')} rows): `,
    )
  })
})

const ask: Event = { type: 'ask', text: 'do it', files: [] }
const cell: Event = { type: 'cell', cell: 1, code: 'x', seed: 1, clock: 1, callId: 'c1' }
const print = (stream: EventOf<'print'>['stream'], text: string): Event => ({ type: 'print', cell: 1, stream, text })
const result = (more: Partial<EventOf<'result'>> = {}): Event => {
  return { type: 'result', cell: 1, status: 'ok', ms: 5, names: [], ...more }
}
const card = { kind: 'picture', mime: 'image/png', bytes: 77, width: 4, height: 3, channels: 1, gray: true } as const
const file: Event = { type: 'file', cell: 1, name: 'o.png', mime: 'image/png', bytes: 77, width: 4, height: 3, card }
/** The result of the cell as the model reads it. */
const told = (...events: Event[]): string => {
  const last = buildMessages([ask, cell, ...events], 'tools').at(-1)
  return typeof last?.content === 'string' ? last.content : ''
}

describe('the result of a cell', () => {
  test('does not repeat what toFile gave, and calls one channel grayscale', () => {
    const value =
      "{\n  format: 'png',\n  width: 4,\n  height: 3,\n  channels: 1,\n  premultiplied: false,\n  size: 77\n}\n"
    expect(told(print('value', value), file, result())).toBe(
      'cell 1, status: ok\nfiles made:\n- "o.png": image/png, 4x3, grayscale, 77 bytes',
    )
    expect(told(print('value', value.replace('77', '78')), file, result())).toContain('size: 78')
  })

  test('leaves out the insides of a picture that was printed', () => {
    const dump = 'before Sharp {\n  _events: [Object],\n  _readableState: {\n    a: 1\n  },\n  options: {}\n} after\n'
    expect(told(print('stdout', dump), print('value', dump.slice(7, -7)), result())).toBe(
      'cell 1, status: ok\nprinted:\nbefore Sharp {…} after\nvalue: Sharp {…}',
    )
  })

  test('tells why a cell that threw may have thrown, the line itself first, and what was ignored', () => {
    const hints: Event = {
      type: 'hints',
      cell: 1,
      diagnostics: [
        { line: 9, column: 1, code: 'TS1', message: 'Elsewhere.' },
        { line: 1, column: 1, code: 'TS2', message: 'Here.' },
      ],
    }
    const note: Event = { type: 'note', cell: 1, text: "line 1: there is no option 'cols'; it was ignored." }
    const threw = result({ status: 'threw', message: 'TypeError: no', line: 1, column: 1 })
    expect(told(note, hints, threw)).toBe(
      [
        'cell 1, status: threw',
        'line 1, column 1: TypeError: no\n  1 | x',
        'perhaps because, says the type check:\nline 1: Here.\n  1 | x\nline 9: Elsewhere.',
        "note: line 1: there is no option 'cols'; it was ignored.",
      ].join('\n'),
    )
  })

  test('says nothing of files that are there again, only of cells that ran again', () => {
    const restored = (cells: number): Event => ({ type: 'restored', cells, files: 3, ms: 50, missing: [] })
    expect(told(restored(0), result())).not.toContain('restored')
    expect(told(restored(2), result())).toContain('The sandbox was restored: 2 cells, 3 files in 50 ms.')
  })
})

describe('what a model looked up', () => {
  const help: Event = { type: 'help', callId: 'h1', topic: 'grid', text: 'grid(pics)' }

  test('is the answer to its call, and to its block', () => {
    expect(buildMessages([ask, help], 'tools').slice(-2)).toEqual([
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'h1', type: 'function', function: { name: 'help', arguments: '{"topic":"grid"}' } }],
      },
      { role: 'tool', tool_call_id: 'h1', content: 'grid(pics)' },
    ])
    expect(buildMessages([ask, help], 'fenced').slice(-2)).toEqual([
      { role: 'assistant', content: '```help\ngrid\n```' },
      { role: 'user', content: 'Result of that block:\ngrid(pics)' },
    ])
  })

  test('is read from a block, wherever it is split, and shows nothing of it', () => {
    const said = 'I look it up.\n```help\ngrid options\n```\n'
    for (let at = 0; at <= said.length; at++) {
      const reader = createFenceReader()
      const pieces = [...reader.push(said.slice(0, at)), ...reader.push(said.slice(at))]
      const { blocks, text } = reader.end()
      expect([text, blocks]).toEqual(['I look it up.', [{ help: true, edits: false, body: 'grid options' }]])
      expect(pieces.map((piece) => piece.text).join('')).toBe('I look it up.\n')
    }
  })
})

test('the card of a ZIP archive says how much is in it, the first names, and how to unpack it', () => {
  const zip = { kind: 'other' as const, mime: 'application/zip', bytes: 5120 }
  const card = { ...zip, archive: { files: 12, unpacked: 40_960, encrypted: 2 }, head: ['data/一.csv', 'b.csv'] }
  expect(describeUpload('all.zip', card)).toBe(
    `- "all.zip": ZIP archive, 5,120 bytes, 12 files of 40,960 bytes unpacked, 2 encrypted, unpack with unzip(name) of 'easel', which gives the files' names
  in it:
    data/一.csv
    b.csv`,
  )
})
