// Edits of an earlier cell: where they apply, and the message that says why they do not.
import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../sessions/journal/edits.ts'
import type { Edit, Event } from '../../sessions/event.ts'
import { ask, cell, result } from '../doubles/model-server/journal.ts'

const CODE = `import { animate } from 'easel'
const width = 600
const delay = 100
await writeFile('spin.gif', await animate(turning(30, width), { delay: delay }))
await writeFile('wide.png', await draw(width, 100))`

const journal: Event[] = [
  ask('x'),
  cell(1, 'const pictures = 3'),
  result(1),
  cell(2, CODE),
  result(2, { status: 'threw', message: 'draw is not defined' }),
]

const edited = (...edits: [find: string, replace: string][]) => {
  const list: Edit[] = edits.map(([find, replace]) => ({ find, replace }))
  const done = applyEdits(journal, 2, list)
  return 'code' in done ? done.code : done.problem
}

describe('An edited cell', () => {
  test('is the earlier code with each piece replaced, also after a cell that failed', () => {
    expect(edited(['width = 600', 'width = 300'], ['turning(30', 'turning(15'])).toBe(
      CODE.replace('600', '300').replace('30, ', '15, '),
    )
  })

  test('takes the edits in order, each on what the ones before it left', () => {
    expect(edited(['delay = 100', 'delay = 60'], ['delay = 60', 'delay = 40'])).toBe(CODE.replace('= 100', '= 40'))
  })

  test('takes the replacement as it is, whatever a pattern would make of it', () => {
    expect(edited(["'spin.gif'", "'$& $1 $`.gif'"])).toBe(CODE.replace('spin.gif', () => '$& $1 $`.gif'))
  })

  test('loses a piece that is replaced by nothing', () => {
    expect(edited(["\nawait writeFile('wide.png', await draw(width, 100))", ''])).toBe(
      CODE.split('\n').slice(0, 4).join('\n'),
    )
  })

  test('without edits is the same code again', () => {
    expect(edited()).toBe(CODE)
  })

  test('may be an edit itself, and the last of two cells with one number counts', () => {
    const twice = [...journal, cell(2, 'let other = 1')]
    expect(applyEdits(twice, 2, [{ find: '1', replace: '2' }])).toEqual({ code: 'let other = 2' })
  })
})

describe('White space', () => {
  test('between words and signs may differ where the piece is found only once', () => {
    expect(edited(['{delay:delay}', '{ delay: 40 }'])).toBe(CODE.replace('{ delay: delay }', '{ delay: 40 }'))
    expect(edited(['  const   width=600\n  const delay = 100\n', '  const width = 6\n  const delay = 1\n'])).toBe(
      CODE.replace('const width = 600\nconst delay = 100', 'const width = 6\n  const delay = 1'),
    )
  })

  test('neither glues nor splits a word, and no longer number is taken for a shorter one', () => {
    for (const find of ['constwidth', 'wid th', 'width  = 60', 'elay  = 100'])
      expect(edited([find, 'x'])).toContain('does not occur in cell 2')
  })

  test('is not forgiven where the piece could be in several places', () => {
    expect(edited(['await  writeFile(', 'x'])).toBe(
      `"await  writeFile(" occurs 2 times in cell 2 (line 4: await writeFile('spin.gif', await animate(turning(30, width)…; line 5: await writeFile('wide.png', await draw(width, 100))). Include more of the surrounding code, so that it occurs once.`,
    )
  })
})

describe('An edit that cannot be made says', () => {
  test('where a piece stands that is there several times', () => {
    expect(edited(['100', '50'])).toBe(
      '"100" occurs 2 times in cell 2 (line 3: const delay = 100; line 5: await writeFile(\'wide.png\', await draw(width, 100))). Include more of the surrounding code, so that it occurs once.',
    )
    expect(edited(['ait', 'x'])).toContain(
      "(line 4: await writeFile('spin.gif', await animate(turning(30, width)…; line 4: …eFile('spin.gif', await animate(turning(30, width), { delay:…; line 5: await",
    )
  })

  test('which line is nearest to a piece that is not there', () => {
    expect(edited(['const delay = 120', 'const delay = 60'])).toBe(
      '"const delay = 120" does not occur in cell 2. The nearest is line 3: const delay = 100. Copy the piece from the current code.',
    )
    expect(edited(['zzzz', 'y'])).toBe('"zzzz" does not occur in cell 2. Copy the piece from the current code.')
  })

  test('that it stands in another cell', () => {
    expect(edited(['pictures = 3', 'pictures = 4'])).toBe(
      '"pictures = 3" does not occur in cell 2; it occurs in cell 1.',
    )
  })

  test('that an edit before it took the piece away, and every other problem at once', () => {
    expect(edited(['600', '300'], ['width = 600', 'width = 300'], ['', 'x'], ['30', '30'])).toBe(
      'Edit 2: "width = 600" does not occur in cell 2 any more: an edit before it changed that piece. Edit 3: "find" is empty; it must be a piece of the existing code. Edit 4: "find" and "replace" are the same: "30".',
    )
  })

  test('which cells there are', () => {
    expect(applyEdits(journal, 7, [])).toEqual({ problem: 'There is no cell 7: the last one is cell 2.' })
    expect(applyEdits([ask('x')], 1, [])).toEqual({
      problem: 'There is no cell 1: none has been run yet. Send the whole code.',
    })
  })

  test('that nothing would be left, or that they are too many', () => {
    expect(edited([CODE, ' '])).toBe('After these edits nothing is left of cell 2.')
    expect(edited(...Array.from({ length: 51 }, (_, n): [string, string] => [`${n}`, 'x']))).toBe(
      'These are 51 edits, and 50 is the limit: send the whole code instead.',
    )
  })

  test('little of a very long piece', () => {
    const problem = edited(['y'.repeat(100_000), 'x'])
    expect(problem.length).toBeLessThan(300)
  })
})

test.each([
  ['( '.repeat(200_000), `${'('.repeat(2000)})`],
  ['( '.repeat(200_000), '( ( '],
  ['a'.repeat(400_000), `${'a'.repeat(5000)} b`],
  [' \n'.repeat(200_000), 'x y'],
])('A piece in long code takes no time, found or not (%#)', (code, find) => {
  const start = process.cpuUsage()
  expect(applyEdits([ask('x'), cell(1, code)], 1, [{ find, replace: 'x' }])).toHaveProperty('problem')
  // Microseconds; a search that backtracks takes minutes.
  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000)
})
