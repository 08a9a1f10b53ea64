// A replay ends whatever the cells do: no cell runs more than twice in it, and it stops after losing the child twice.
import { afterEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../sandbox/limits.ts'
import type { Event, EventOf } from '../../../sessions/event.ts'
import type { Sandbox } from '../../../src/runner/sandbox.ts'
import { createVariables, type Variables } from '../../../src/runtime/replay/variables.ts'
import { openScene, type Scene } from './scene.ts'

/** How one run of a cell ends; the child `dies` just after an ok end. */
type End = 'ok' | 'threw' | 'timeout' | 'crashed' | 'dies'

interface Book {
  readonly variables: Variables
  /** The cells that ran, in their order. */
  readonly ran: number[]
  readonly losses: () => number
}

/** A journal of these cells, and a sandbox in which `endOf` decides how each run ends. */
function openBook(codes: readonly string[], endOf: (cell: number, times: number) => End): Book {
  const ran: number[] = []
  let generation = 1
  const sandbox: Sandbox = {
    get generation() {
      return generation
    },
    async run({ cell }) {
      const end = cell === 0 ? 'ok' : endOf(cell, ran.push(cell))
      if (end === 'timeout' || end === 'crashed' || end === 'dies') generation++
      const status = end === 'dies' ? 'ok' : end
      const failure = status === 'ok' ? {} : { code: `EASEL_${status.toUpperCase()}`, message: 'No.' }
      return { cell, status, ...failure, names: [], ms: 1, lost: end === 'timeout' || end === 'crashed' }
    },
    renew: async () => void generation++,
    upload: () => Promise.reject(new Error('no uploads here')),
    show: () => Promise.reject(new Error('no eyes here')),
    readTable: () => Promise.reject(new Error('no tables here')),
    placeFile: async () => undefined,
    removeFile: async () => undefined,
    file: () => undefined,
    files: () => [],
    close: async () => undefined,
  }
  const events = codes.flatMap((code, i): Event[] => [
    { type: 'cell', cell: i + 1, code, seed: 1, clock: 1 },
    {
      type: 'result',
      cell: i + 1,
      status: 'ok',
      ms: 1,
      names: [...code.matchAll(/const (\w+)/g)].map((found) => `${found[1]}`),
    },
  ])
  const stored = { events, pathOf: () => Promise.reject(new Error('no files here')), currentFiles: () => [] }
  const checker = { accept: () => undefined, forget: () => undefined }
  const variables = createVariables({ stored, sandbox, checker, limits: defaultLimits() })
  return { variables, ran, losses: () => generation - 1 }
}

async function prepared({ variables }: Book, code: string): Promise<EventOf<'restored'> | undefined> {
  let restored: EventOf<'restored'> | undefined
  for await (const event of variables.prepare(code, new AbortController().signal))
    if (event.type === 'restored') restored = event
  return restored
}

const declared = (cells: number): string[] => Array.from({ length: cells }, (_, i) => `const a${i + 1} = ${i + 1}`)
const timesOf = (ran: readonly number[]): number =>
  Math.max(0, ...[...new Set(ran)].map((cell) => ran.filter((one) => one === cell).length))

describe('a replay', () => {
  it('runs a cell once more whose process died by itself, and gives it up when that comes twice', async () => {
    const once = openBook(declared(3), (cell, times) => (cell === 2 && times === 2 ? 'crashed' : 'ok'))
    expect(await prepared(once, 'a1 + a2 + a3')).toMatchObject({ cells: 3, missing: [] })
    expect(once.ran).toEqual([1, 2, 1, 2, 3])
    const twice = openBook(declared(3), (cell) => (cell === 2 ? 'crashed' : 'ok'))
    const restored = await prepared(twice, 'a1 + a2 + a3')
    expect(twice.ran).toEqual([1, 2, 1, 2])
    expect(restored?.missing[0]).toBe('Cell 2 could not be run again (crashed: No): the variable a2 is gone.')
  })

  it('stops after the second loss of the sandbox, says what is missing, and the next one goes on', async () => {
    const book = openBook(declared(6), (cell) => ([2, 4, 5].includes(cell) ? 'timeout' : 'ok'))
    const restored = await prepared(book, 'a1 + a2 + a3 + a4 + a5 + a6')
    expect(book.ran).toEqual([1, 2, 1, 3, 4])
    expect(restored).toMatchObject({
      cells: 0,
      missing: [
        'Cell 2 could not be run again (timeout: No): the variable a2 is gone.',
        'Cell 4 could not be run again (timeout: No): the variable a4 is gone.',
        'Cell 5 was not run again, as the sandbox was lost while others were: the variable a5 is gone.',
        'Cell 6 was not run again, as the sandbox was lost while others were: the variable a6 is gone.',
        'Cells 1, 3 were not restored this time, as the sandbox was lost 2 times; the next snippet that uses their names tries again.',
      ],
    })
    book.ran.splice(0)
    expect(await prepared(book, 'a1 + a2 + a3 + a4 + a5 + a6')).toMatchObject({ cells: 2, missing: [] })
    expect(book.ran).toEqual([1, 3])
  })

  it('does not run cells for ever that take the child with them after they ended', async () => {
    const book = openBook(declared(2), (cell) => (cell === 2 ? 'dies' : 'ok'))
    expect((await prepared(book, 'a1 + a2'))?.missing).toEqual([
      'Cells 1, 2 were not restored this time, as the sandbox was lost 2 times; the next snippet that uses their names tries again.',
    ])
    expect(book.ran).toEqual([1, 2, 1, 2])
  })

  it('runs no cell more than twice, however runs end', async () => {
    const ends: readonly End[] = ['ok', 'ok', 'ok', 'ok', 'threw', 'timeout', 'dies']
    let twice = 0
    for (let seed = 1; seed <= 300; seed++) {
      const book = openBook(
        declared(12).map((code, i) => (i % 3 === 2 ? `${code} + a${i}` : code)),
        (cell, times) => ends[(seed * 31 + cell * 7 + times * times * 13) % ends.length] ?? 'ok',
      )
      await prepared(book, declared(12).join('\n').replaceAll('const', ''))
      expect([seed, timesOf(book.ran) <= 2]).toEqual([seed, true])
      if (timesOf(book.ran) === 2) twice++
    }
    expect(twice).toBeGreaterThan(50)
  })
})

describe('a session', () => {
  let scene: Scene
  afterEach(() => scene.close())

  it('runs nothing again for an import whose name was declared again', async () => {
    scene = await openScene()
    await scene.run("import { join } from 'node:path'")
    await scene.run("const path = join('a', 'b')")
    await scene.run('const join = 3')
    const asked = 'const answer = [path, join]\nanswer'
    expect(await scene.run(asked)).toMatchObject({ text: "[ 'a/b', 3 ]\n", restored: undefined })
    await scene.kill()
    expect(await scene.run(asked)).toMatchObject({ text: "[ 'a/b', 3 ]\n", restored: { cells: 3, missing: [] } })
    expect(await scene.run(asked)).toMatchObject({ text: "[ 'a/b', 3 ]\n", restored: undefined })
  }, 30_000)
})
