// The text of an exported module: names, statements and comments of several cells in one file.
import { describe, expect, it } from 'vitest'
import { writeProgram, type Step } from '../../src/export/program.ts'

interface Given {
  readonly code: string
  readonly purpose?: string
  readonly request?: string
  readonly before?: readonly Step[]
}

/** The module without its header, cell by cell. */
function bodies(...cells: readonly (string | Given)[]): string[] {
  return whole(...cells)
    .split(/^await \w+\.cell\(.*\);\n/m)
    .slice(1)
    .map((part) => part.replace(/\n(?:\/\/ Cell|await \w+\.finish)[^]*/, '').trim())
}

function whole(...cells: readonly (string | Given)[]): string {
  const list = cells.map((cell, at) => {
    const given: Given = typeof cell === 'string' ? { code: cell } : cell
    return { number: at + 1, seed: 1, clock: 2, before: [], ...given }
  })
  return writeProgram({ title: 'A session', cells: list, after: [] }).source
}

describe('imports', () => {
  it('that bind nothing stay, once, and parts of dayjs are called as plain Node finds them', () => {
    const text = whole(
      "import dayjs from 'dayjs'\nimport 'dayjs/locale/zh-cn'\nimport utc from 'dayjs/plugin/utc'\ndayjs.extend(utc)",
      "import 'dayjs/locale/zh-cn.js'\nconst { default: tz } = await import('dayjs/plugin/timezone')",
    )
    expect(text.split('\n').filter((line) => /^import|timezone/.test(line))).toEqual([
      "import * as notebook from './easel/node-setup/notebook.ts'",
      "import dayjs from 'dayjs'",
      "import utc from 'dayjs/plugin/utc.js'",
      "import 'dayjs/locale/zh-cn.js'",
      "const { default: tz } = await import('dayjs/plugin/timezone.js')",
    ])
  })
})

describe('names', () => {
  it('a const that a second cell declares again becomes another, there and in all that follows', () => {
    expect(bodies('const a = 1', 'const a = 2\nconst f = () => a', 'console.log(a, { a }, x.a, f())')).toEqual([
      'const a = 1',
      'const a2 = 2\nconst f = () => a2',
      'console.log(a2, { a: a2 }, x.a, f())',
    ])
  })

  it('parameters, locals, keys and members of the same name stay', () => {
    const code =
      'const a = ({ a }) => a\nfor (const a of b) a()\ntry {} catch (a) { a() }\nq.a = { a: 1, [a]: 2, a() {} }\nclass C { a = a; #a }'
    expect(bodies('const a = 1', code)[1]).toBe(
      'const a2 = ({ a }) => a\nfor (const a of b) a()\ntry {} catch (a) { a() }\nq.a = { a: 1, [a2]: 2, a() {} }\nclass C { a = a2; #a }',
    )
  })

  it('what destructuring binds is renamed without its key', () => {
    expect(bodies('let a, b, c', 'const { a, b = a, c: { d: [c] } } = x')[1]).toBe(
      'const { a: a2, b: b2 = a2, c: { d: [c2] } } = x',
    )
  })

  it('a function of an earlier cell reads the newest, where it is called later', () => {
    expect(bodies('let a = 1', 'const f = () => a++', 'let a = 2; f()').slice(1)).toEqual([
      'const f = () => notebook.newest.a++',
      "Object.defineProperty(notebook.newest, 'a', { get: () => a2, set: (value) => (a2 = value), configurable: true })\nlet a2 = 2; f()",
    ])
  })

  it('a callback that nothing keeps reads its own', () => {
    expect(bodies('const a = 1', 'rows.map((row) => row * a)', 'const a = 2')[1]).toBe('rows.map((row) => row * a)')
  })

  it('names of built-ins hold for their own cell', () => {
    expect(bodies('const Math = 1\nuse(Math)', 'Math.random()')).toEqual([
      'const Math2 = 1\nuse(Math2)',
      'Math.random()',
    ])
  })

  it('a name that an earlier cell looked for in vain is not caught by a later one', () => {
    expect(bodies('console.log(typeof later)', 'const later = 1')[1]).toBe('const later2 = 1')
  })

  it('new names avoid those that are there, and so does the notebook', () => {
    const text = whole('const a = 1, a2 = 2', 'const a = 3', 'const notebook = (a3) => a3')
    expect(text).toContain('const a4 = 3\n')
    expect(text).toContain("import * as notebook2 from './easel/node-setup/notebook.ts'\n")
  })

  it('types are renamed where they stand', () => {
    expect(
      bodies('type A = { a: number }\nconst x: A = y', 'interface A { x: A[] }\nconst x = z as A\nlet w: typeof x')[1],
    ).toBe('interface A2 { x: A2[] }\nconst x2 = z as A2\nlet w: typeof x2')
  })
})

describe('imports', () => {
  const imports = (...cells: readonly string[]): string[] =>
    whole(...cells)
      .split('\n')
      .filter((line) => line.startsWith('import') || line.startsWith('const {'))
      .slice(1)

  it('stand at the top, each once, Node before packages before helpers', () => {
    expect(
      imports(
        "import sharp from 'sharp'\nimport { grid } from 'easel'\nimport fs, { readFileSync } from 'fs'",
        "import sharp from 'sharp'\nimport { stack, grid, type Picture } from 'easel'\nimport * as path from 'path'\nimport { type Sharp } from 'sharp'",
      ),
    ).toEqual([
      "import fs, { readFileSync } from 'node:fs'",
      "import * as path from 'node:path'",
      "import sharp, { type Sharp } from 'sharp'",
      "import { type Picture, grid, stack } from './easel/index.ts'",
    ])
  })

  it('of the same name for other things get a new one', () => {
    const cells = ["import { readFile } from 'fs'", "import { readFile } from 'fs/promises'\nawait readFile('x')"]
    expect(imports(...cells)).toEqual([
      "import { readFile } from 'node:fs'",
      "import { readFile as readFile2 } from 'node:fs/promises'",
    ])
    expect(bodies(...cells)[1]).toBe("await readFile2('x')")
  })

  it('of CommonJS packages take the default form, once', () => {
    const cells = [
      "import { GIFEncoder, quantize as q } from 'gifenc'\nGIFEncoder()",
      "import { GIFEncoder } from 'gifenc'\nq(GIFEncoder)",
    ]
    expect(imports(...cells)).toEqual(["import gifenc from 'gifenc'", 'const { GIFEncoder, quantize: q } = gifenc'])
    expect(bodies(...cells)).toEqual(['GIFEncoder()', 'q(GIFEncoder)'])
  })

  it('that are dynamic find the helpers, and all of them are carried', () => {
    const { source, modules } = writeProgram({
      title: '',
      after: [],
      cells: [{ number: 1, seed: 1, clock: 1, before: [], code: "const { stack } = await import('easel')" }],
    })
    expect(source).toContain("await import('./easel/index.ts')")
    expect(modules).toEqual({ easel: ['*'] })
  })
})

describe('statements', () => {
  it('do not run into each other where an import stood or a cell ends', () => {
    expect(whole('const f = g', '[1].map(f)\nlet y = f\nimport x from "sharp"\n(h)()')).toContain(
      'await notebook.cell({ seed: 1, clock: 2 });\n[1].map(f)\nlet y = f\n;\n(h)()\n',
    )
  })

  it('lose what only a module of its own can have', () => {
    expect(bodies('#! /usr/bin/env node\nexport const a = 1\nexport { a as b }\nexport default { a: 1 }')).toEqual([
      '// /usr/bin/env node\nconst a = 1\n;\nvoid ({ a: 1 })',
    ])
  })

  it('name files below /mnt/data by their own names, and know the working folder', () => {
    expect(
      bodies("f('/mnt/data/a b.png', '/mnt/data', `/mnt/data/${x}`, '/mnt/database', import.meta.dirname)"),
    ).toEqual(["f('a b.png', '.', `./${x}`, '/mnt/database', notebook.place.dirname)"])
  })
})

describe('text of others', () => {
  it('neither leaves a comment nor a string', () => {
    const evil = "*/ x\nprocess.exit()\u2028process.exit()\u202e \u0000'`${process.exit()}"
    const text = whole({
      code: '1',
      purpose: evil,
      request: evil,
      before: [{ does: 'bring', values: ['inputs/a', evil] }],
    })
    const code = text.split('\n').filter((line) => !line.startsWith('//'))
    expect(code.join('\n')).toContain(
      "await notebook.bring('inputs/a', '*/ x\\nprocess.exit()\\u2028process.exit()\\u202e \\u0000\\'`${process.exit()}')\n",
    )
    expect(code.filter((line) => line.startsWith('process'))).toEqual([])
    expect(text).toContain("// Cell 1: */ x process.exit() process.exit() '`${process.exit()}\n")
  })

  it('is wrapped and cut in comments', () => {
    const lines = whole({ code: '1', request: '画'.repeat(900) })
      .split('\n')
      .filter((line) => line.includes('画'))
    expect(lines).toHaveLength(4)
    expect(lines.at(-1)?.endsWith('…')).toBe(true)
  })
})
