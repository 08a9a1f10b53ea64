// What a session has that a single file does not, exported: redeclared names, files that come, change and go between
// cells, cells that failed, were edited or undone. One session with all of it, run outside.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScene, sha256, start, unpacked, type Ran, type Scene } from './scene.ts'
import type { ExportResult } from '../../src/export/project.ts'

let scene: Scene
let close: () => Promise<void>
let exported: ExportResult
let project: string
let source: string
let ran: Ran

const statuses: string[] = []
const run = async (code: string, facts?: Parameters<Scene['run']>[1]): Promise<void> => {
  const { status, message = '' } = await scene.run(code, facts)
  statuses.push(message ? `${status}: ${message}` : status)
}

beforeAll(async () => {
  ;({ scene, close } = await openScene())
  await scene.upload('data.csv', 'a,b\n1,2\n')
  await run(
    `// The first one
import { writeFileSync, readFileSync } from 'fs'
import { parse } from 'papaparse'
const scale = 2
let count = 0
interface Row { a: string }
const Math = { random: () => 4 }
const { data } = parse<Row>(readFileSync('/mnt/data/data.csv', 'utf8'), { header: true })
writeFileSync('/mnt/data/first.json', JSON.stringify([data, scale, Math.random(), Date.now()]))`,
    { purpose: 'Read the table' },
  )
  await run(`const describe = () => ({ scale, count: count++, at: Date.now() })
const half = (x: number) => x / 2
writeFileSync(\`/mnt/data/\${'second'}.json\`, JSON.stringify([describe(), Math.random()]))
setTimeout(() => writeFileSync('late.json', String(Date.now())), 20)
setInterval(() => writeFileSync('never.json', ''), 5)`)
  await run(`import { writeFile, readFile } from 'node:fs/promises'
import { parse } from 'papaparse'
interface Row { b: number }
const rows: Row[] = [{ b: 1 }]
const scale = half(20)
let { count, data = [] as Row[] } = { count: 7 } as { count: number; data?: Row[] }
await writeFile('third.json', JSON.stringify({ scale, own: describe(), count, data, rows, late: await readFile('late.json', 'utf8') }))`)
  await run(`import { readFile } from 'node:fs'
await new Promise((done) => readFile('third.json', (_, bytes) => done(writeFileSync('fourth.json', bytes + import.meta.filename.split('/').at(-1)!.slice(0, 4)))))
writeFileSync('data.csv', 'changed')
writeFileSync('gone.txt', 'x')`)
  await run(`writeFileSync('failed.txt', 'half done'); throw new Error('no')`)
  await scene.upload('data.csv', 'a,b\n3,4\n')
  await run(`import { unlinkSync } from 'node:fs'
writeFileSync('fifth.json', readFileSync('data.csv', 'utf8') + readFileSync('failed.txt', 'utf8'))
unlinkSync('gone.txt')`)
  await scene.undo('data.csv')
  await run(`writeFileSync('sixth.json', readFileSync('data.csv', 'utf8'))`)
  await run(`import { writeFileSync } from 'node:fs'
const text = 'draft ' + performance.now()
writeFileSync('edited.txt', text)`)
  await run(
    `import { writeFileSync } from 'node:fs'
const text = 'final ' + performance.now()
writeFileSync('edited.txt', text)`,
    { from: { cell: 8, edits: [{ find: 'draft', replace: 'final' }] } },
  )
  await run(`import { writeFileSync } from 'node:fs'
writeFileSync('edited.txt', 'worse')`)
  await scene.undo('edited.txt')
  const { zip, ...rest } = await scene.export()
  exported = rest
  project = unpacked(zip)
  source = readFileSync(join(project, 'cells.ts'), 'utf8')
  ran = await start(project)
})
afterAll(() => close())

describe('a notebook as a project', () => {
  it('ran in the session as this test believes', () => {
    expect(statuses).toEqual(['ok', 'ok', 'ok', 'ok', 'threw: Error: no', 'ok', 'ok', 'ok', 'ok', 'ok'])
  })

  it('makes the same files, those that are the sum of other changes too', () => {
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    for (const [name, hash] of Object.entries(scene.files()))
      expect([name, sha256(join(project, 'work', name))]).toEqual([name, hash])
    expect(existsSync(join(project, 'work', 'gone.txt'))).toBe(false)
    expect(existsSync(join(project, 'work', 'never.json'))).toBe(false)
  })

  it('counts the cells it runs and the files it compares, and says what is left out', () => {
    expect(exported).toMatchObject({
      cells: 7,
      notes: ['Cell 5 did not end well and is left out.', 'Cells 8, 10 were replaced or undone later and left out.'],
    })
    expect(ran.stdout.split('\n').at(-2)).toBe(
      `${exported.files} of ${exported.files} files are the same as in the session. They are in work/.`,
    )
  })

  it('imports each thing once, at the top', () => {
    expect(source.split('\n').filter((line) => /^import|= papaparse$/.test(line))).toEqual([
      "import * as notebook from './easel/node-setup/notebook.ts'",
      "import { readFile as readFile2, readFileSync, unlinkSync, writeFileSync } from 'node:fs'",
      "import { readFile, writeFile } from 'node:fs/promises'",
      "import papaparse from 'papaparse'",
      'const { parse } = papaparse',
    ])
  })

  it('keeps names where nothing speaks against it, and numbers those that are declared again', () => {
    expect(source).toContain('const scale = 2\nlet count = 0\n')
    expect(source).toContain('const scale2 = half(20)\n')
    expect(source).toContain('interface Row2 { b: number }\nconst rows: Row2[] = [{ b: 1 }]')
  })

  it('shows what happened to files between the cells', () => {
    expect(source.match(/^await notebook\.(?!cell|finish).*$/gm)).toEqual([
      "await notebook.bring('inputs/data.csv')",
      "await notebook.keep('data.csv', 2)",
      "await notebook.bring('inputs/data-2.csv', 'data.csv')",
      "await notebook.bring('inputs/failed.txt')",
      "await notebook.putBack('data.csv', 2)",
    ])
  })

  it('ends with code 1 and says which file differs where one does', async () => {
    writeFileSync(
      join(project, 'cells.ts'),
      source.replace("'final '", "'other '").replace("'sixth.json'", "'elsewhere.json'"),
    )
    const { code, stdout } = await start(project)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^differs {2}edited\.txt \(\d+ bytes in the session, \d+ here\)$/m)
    expect(stdout).toMatch(/^missing {2}sixth\.json \(7 bytes\)$/m)
    expect(stdout).toContain(`${exported.files - 2} of ${exported.files} files are the same as in the session.`)
  })
})
