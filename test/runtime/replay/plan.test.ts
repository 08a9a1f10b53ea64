// Which cells are replayed: those that a snippet can reach, and all that could affect them.
import { describe, expect, it } from 'vitest'
import { lostCells, lostNames, planReplay, type LiveState } from '../../../sessions/replay/plan.ts'
import type { PastCell } from '../../../sessions/replay/bindings.ts'
import { analyzeSnippet } from '../../../src/snippet/analysis.ts'
import { cpuMsOf } from '../../measures.ts'

const NOTHING: LiveState = { cells: new Set(), bound: new Map() }

/** Cells of a journal; names are what the code declares with const, let, function or import. */
function journal(...codes: string[]): PastCell[] {
  return codes.map((code, i) => {
    const mentions = analyzeSnippet(code)
    const declared = [...code.matchAll(/(?:^|;|\n)\s*(?:const|let|function)\s+(\w+)/g)].map(
      (found) => found[1] as string,
    )
    return { cell: i + 1, names: [...declared, ...mentions.imports.map(({ name }) => name)], mentions }
  })
}

/** The planned steps as `3`, or as `3: import …` for single imports. */
function steps(cells: readonly PastCell[], code: string, living = NOTHING): string[] {
  const plan = planReplay(cells, analyzeSnippet(code), living)
  return plan.steps.map(({ cell, imports }) =>
    imports ? `${cell}: ${imports.map(({ text }) => text).join('; ')}` : `${cell}`,
  )
}

function livingOf(cells: readonly PastCell[], ...ran: number[]): LiveState {
  const bound = new Map(
    cells.filter(({ cell }) => ran.includes(cell)).flatMap(({ cell, names }) => names.map((name) => [name, cell])),
  )
  return { cells: new Set(ran), bound }
}

describe('the plan of a replay', () => {
  it('has the cells that declared the names, and what these cells used', () => {
    const cells = journal('const a = 1', 'const b = a + 1', 'const c = 3', 'const d = b')
    expect(steps(cells, 'console.log(d)')).toEqual(['1', '2', '4'])
    expect(steps(cells, 'c')).toEqual(['3'])
    expect(steps(cells, '1 + 1')).toEqual([])
  })

  it('has later cells that may have changed a value, also through another name', () => {
    expect(steps(journal('const list = []', 'list.push(1)', 'const other = 2'), 'list')).toEqual(['1', '2'])
    expect(steps(journal('const list = []', 'const same = list', 'same.push(1)', 'const x = 1'), 'list')).toEqual([
      '1',
      '2',
      '3',
    ])
    expect(steps(journal('let n = 1', 'n += 1', 'const x = 2'), 'n')).toEqual(['1', '2'])
  })

  it('leaves out what a name meant before it was declared again', () => {
    const cells = journal('const img = load(1)', 'img.blur()', 'const img = load(2)', 'const thumb = img.small()')
    expect(steps(cells, 'img')).toEqual(['3', '4'])
    expect(steps(journal('const a = 1', 'const keep = a', 'const a = 2'), 'keep; a')).toEqual(['1', '2', '3'])
    expect(steps(journal('const a = 1', 'const keep = a', 'const a = 2'), 'keep')).toEqual(['1', '2'])
  })

  it('has what functions read when they are called, though it was declared after them', () => {
    const cells = journal('let n = 1', 'const f = () => n', 'const n = 2', 'const m = f()')
    expect(steps(cells, 'm')).toEqual(['1', '2', '3', '4'])
    expect(steps(journal('let n = 1', 'const f = () => n', 'const n = 2'), 'f()')).toEqual(['1', '2', '3'])
    expect(steps(journal('let n = 1', 'const f = () => n', 'const n = 2'), 'n')).toEqual(['3'])
  })

  it('does not connect cells by the modules that they import', () => {
    const cells = journal(
      "import sharp from 'sharp'\nconst a = sharp('a.png')",
      "const b = sharp('b.png')",
      'const c = 1',
    )
    expect(steps(cells, 'c')).toEqual(['3'])
    expect(steps(cells, 'b')).toEqual(["1: import sharp from 'sharp'", '2'])
    expect(steps(cells, "sharp('c.png')")).toEqual(["1: import sharp from 'sharp'"])
    expect(steps(cells, "import sharp from 'sharp'\nsharp('c.png')")).toEqual([])
  })

  it('imports single names again in every form, types left out', () => {
    const code =
      "import fs, * as all from 'fs'\nimport { join as put, type ParsedPath, sep } from 'node:path'\nimport type X from 'sharp'"
    expect(analyzeSnippet(code).imports.map(({ text }) => text)).toEqual([
      "import fs from 'node:fs'",
      "import * as all from 'node:fs'",
      "import { join as put } from 'node:path'",
      "import { sep } from 'node:path'",
    ])
    const cells = journal(code)
    expect(steps(cells, 'put(all, sep)')).toEqual([
      "1: import * as all from 'node:fs'; import { join as put } from 'node:path'; import { sep } from 'node:path'",
    ])
  })

  it('connects cells that set up charts or fonts with those that draw, and no others', () => {
    const cells = journal(
      "import { Chart } from 'chart.js'\nChart.register(plugin)",
      "import { GlobalFonts } from '@napi-rs/canvas'\nGlobalFonts.registerFromPath('a.ttf', 'A')",
      "import { chart } from 'easel'\nconst png = chart(config)",
      'const n = 1',
    )
    expect(steps(cells, 'n')).toEqual(['4'])
    expect(steps(cells, 'png')).toEqual(['1', '2', '3'])
    expect(steps(cells, "import { createCanvas } from 'canvas'\ncreateCanvas(1, 1)")).toEqual(['1', '2'])
  })

  it('connects cells that add to dayjs, date-fns or arquero with those that use one of them, and no others', () => {
    const cells = journal(
      "import dayjs from 'dayjs'\nimport utc from 'dayjs/plugin/utc'\ndayjs.extend(utc)",
      "import 'dayjs/locale/zh-cn'",
      "import { addFunction } from 'arquero'\naddFunction('twice', (n) => n * 2)",
      "import { setDefaultOptions } from 'date-fns'\nsetDefaultOptions({ weekStartsOn: 1 })",
      "import { format } from 'date-fns'\nconst text = format(0, 'PP', { locale })",
      'const n = 1',
    )
    expect(steps(cells, 'n')).toEqual(['6'])
    expect(steps(cells, 'dayjs.utc()')).toEqual(['1', '2', '3', '4'])
    expect(steps(cells, "import * as aq from 'arquero'\naq.from([])")).toEqual(['1', '2', '3', '4'])
    expect(steps(cells, "import { mean } from 'd3-array'\nmean([])")).toEqual([])
  })

  it("always has cells that change the language's own objects or a module's", () => {
    for (const code of [
      'globalThis.n = 1',
      'Array.prototype.last = function () {}',
      'Math.random = () => 0.5',
      "import Papa from 'papaparse'\nPapa.LocalChunkSize = 1",
      "import { Chart } from 'chart.js'\nChart.defaults.font.size = 20",
      'Object.defineProperty(Object, "x", { value: 1 })',
      'eval("var q = 1")',
    ]) {
      expect([code, steps(journal(code, 'const a = 1'), 'a')]).toEqual([code, ['1', '2']])
    }
    expect(steps(journal('const a = { b: 1 }\na.b = 2\na.c == 3', 'const x = 1'), 'x')).toEqual(['2'])
  })

  it('does not run again what lives', () => {
    const cells = journal('const a = []', 'const b = []', 'a.push(b)', 'const c = 1')
    expect(steps(cells, 'a', livingOf(cells, 1, 2, 3))).toEqual([])
    expect(steps(cells, 'a; c', livingOf(cells, 1, 2, 3))).toEqual(['4'])
    const imports = journal("import sharp from 'sharp'", "import sharp from 'sharp'\nconst a = 1")
    expect(steps(imports, 'sharp(a)', livingOf(imports, 2))).toEqual([])
  })

  it('does not import again for cells that live, though the name has been declared again since', () => {
    const cells = journal("import { label } from 'easel'", 'const made = label(1)', 'const label = 2', 'const n = made')
    expect(steps(cells, 'made; label; n', livingOf(cells, 1, 2, 3, 4))).toEqual([])
    expect(planReplay(cells, analyzeSnippet('made; label; n'), livingOf(cells, 3))).toEqual({
      fresh: false,
      steps: [{ cell: 1, imports: [expect.objectContaining({ name: 'label' })] }, { cell: 2 }, { cell: 4 }],
      keep: ['label'],
    })
  })

  it('puts a newer binding that lives back when an older cell binds the name again', () => {
    const cells = journal('const img = 1; const gray = img', 'const img = 2')
    expect(planReplay(cells, analyzeSnippet('gray'), livingOf(cells, 2))).toEqual({
      fresh: false,
      steps: [{ cell: 1 }],
      keep: ['img'],
    })
  })

  it('asks for a new child where it would be too late to run a cell again', () => {
    const cells = journal('const list = []', 'list.push(1)', 'const x = list')
    expect(planReplay(cells, analyzeSnippet('x'), livingOf(cells, 1, 3))).toEqual({
      fresh: true,
      steps: [{ cell: 1 }, { cell: 2 }, { cell: 3 }],
      keep: [],
    })
  })

  it('leaves out a lost cell and what uses it, and knows which names are gone', () => {
    const cells = journal('const a = 1', 'const b = a', 'const c = b', 'const d = 4', 'const c = 5')
    const lost = lostCells(cells, new Set([2]))
    expect([...lost]).toEqual([
      [2, undefined],
      [3, { name: 'b', cell: 2 }],
    ])
    expect(lostNames(cells, lost)).toEqual(['b'])
    expect(planReplay(cells, analyzeSnippet('b; c; d'), NOTHING, lost).steps).toEqual([
      { cell: 1 },
      { cell: 4 },
      { cell: 5 },
    ])
  })
})

describe('the reach of a snippet', () => {
  it('knows what the snippet certainly declares, and so does not reach back for', () => {
    const declares = (code: string): readonly string[] => analyzeSnippet(code).declares
    expect(
      declares('const a = 1; let b\nvar c\nfunction d() { const no = 1 }\nasync function e() {}\nclass F {}'),
    ).toEqual('a b c d e F'.split(' '))
    expect(declares('const { a, b: c, ...d } = x\nconst [e, f] = y\nexport const g = 1')).toEqual([
      'a',
      'c',
      'd',
      'e',
      'f',
      'g',
    ])
    expect(declares('const { a = 1 } = x\nconst { b: { c } } = x')).toEqual([])
    expect(
      declares('declare const a: number\nconst b = class C {}\nconst d =\nfunction e() {}\n{ const f = 1 }'),
    ).toEqual(['b', 'd'])
    expect(steps(journal('const img = 1', 'const x = img'), 'const img = 2; img')).toEqual([])
    expect(steps(journal('const img = 1', 'const x = img'), 'img; { const img = 2 }')).toEqual(['1', '2'])
  })

  it('has every name that it may mean, and no member or key', () => {
    const { uses } = analyzeSnippet(
      'const x = { key: value, short, [computed]: 1 }\nx.member?.other(`${inside} text`) ? yes : no',
    )
    expect(uses).toEqual(['const', 'x', 'value', 'short', 'computed', 'inside', 'yes', 'no'])
    expect(analyzeSnippet('switch (n) { case a, b: break }').uses).toContain('b')
  })

  it('is every word where the snippet cannot be read', () => {
    expect(analyzeSnippet("const a = 'open").uses).toEqual(['const', 'a', 'open'])
    expect(analyzeSnippet("import sharp from 'sharp'\n}").imports).toEqual([])
  })

  it('knows functions of every form, and heads of statements that are none', () => {
    for (const code of [
      '() => 1',
      'function f() {}',
      'class A {}',
      'const o = { f() {} }',
      'const o = { f(): number { return 1 } }',
    ])
      expect([code, analyzeSnippet(code).closes]).toEqual([code, true])
    expect(analyzeSnippet('if (a) { b }\nfor (const x of y) { z }\nwhile (q) {}').closes).toBe(false)
  })

  it('reads a snippet of 200,000 characters that is made to be slow in a moment', () => {
    for (const part of ['import ', "import 'x'\n", 'a[0].b=', 'import{', 'a.b(c)=']) {
      const ms = cpuMsOf(() => analyzeSnippet(part.repeat(Math.floor(200_000 / part.length))))
      expect([part, ms < 2000]).toEqual([part, true])
    }
  })
})
