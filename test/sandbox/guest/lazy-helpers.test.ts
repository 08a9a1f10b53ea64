// `await import('package')` in the helpers: in the guest bundle it loads the package's own bundle, and each package that
// helpers may import so works in the isolate.
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { rolldown, type Plugin } from 'rolldown'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBridge } from '../../../sandbox/child/bridge.ts'
import { readLazyBundle } from '../../../sandbox/child/guest-files.ts'
import { openIsolate, type Isolate } from '../../../sandbox/child/isolate.ts'
import { writeScript } from '../../../sandbox/child/cell/script.ts'
import { guestModules } from '../../../sandbox/guest/bundle.ts'
import { defaultLimits } from '../../../sandbox/limits.ts'
import type { OperationContext, Operations } from '../../../sandbox/native/operation.ts'
import { operationTable } from '../../../sandbox/native/operations.ts'
import { productFolder } from '../../../sandbox/product.ts'
import { built } from '../../built.ts'

const root = productFolder()
const limits = defaultLimits()
const loaded: string[] = []
let printed = ''
let isolate: Isolate
let settled: Promise<unknown> = Promise.resolve()

/** A helper for each package, as a helper in sandbox/helpers would be written. */
const HELPERS = `
export async function viaHucre() {
  const { readXlsx, writeXlsx } = await import('hucre')
  const bytes = await writeXlsx({ sheets: [{ name: '表', rows: [['地区', 'n'], ['北京', 3]] }] })
  return (await readXlsx(bytes)).sheets.map(({ name, rows }) => [name, rows])
}
export async function viaXlsx() {
  const { read, utils, write } = await import('@e965/xlsx')
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['地区', 'n'], ['北京', 3]]), '表')
  const bytes = write(book, { type: 'array', bookType: 'biff8' })
  return utils.sheet_to_json(read(new Uint8Array(bytes), { type: 'array' }).Sheets['表'])
}
export async function viaJschardet() {
  const { detect } = await import('jschardet')
  return (await detect(Buffer.from('b1b1bea92cc9cfbaa32cb9e3d6dd2cb3c9b6bc2cced2c3c7b5c4b3c7cad0b7c7b3a3c3c0c0f6', 'hex'))).encoding
}
export async function viaParquet() {
  const { parquetWriteBuffer } = await import('hyparquet-writer')
  const { parquetReadObjects } = await import('hyparquet')
  return parquetReadObjects({ file: parquetWriteBuffer({ columnData: [{ name: '城市', data: ['北京', '上海'], type: 'STRING' }] }) })
}
export async function viaFlechette() {
  const { tableFromArrays, tableFromIPC, tableToIPC } = await import('@uwdata/flechette')
  return tableFromIPC(tableToIPC(tableFromArrays({ n: [1, 2], s: ['a', '茶'] }), { format: 'file' })).toArray()
}
export async function viaFflate() {
  const { strFromU8, strToU8, unzipSync, zipSync } = await import('fflate')
  return strFromU8(unzipSync(zipSync({ 'a.txt': strToU8('茶') }))['a.txt'])
}
export async function viaFzstd() {
  const { decompress } = await import('fzstd')
  return Buffer.from(decompress(Buffer.from('${zstdCompressSync('茶茶茶').toString('hex')}', 'hex'))).toString()
}`

/** The guest with `HELPERS` among the helpers. */
async function buildGuest(helpers: string): Promise<string> {
  const addition: Plugin = {
    name: 'more-helpers',
    transform: (code, id) => (id.endsWith('/sandbox/helpers/index.ts') ? code + helpers : undefined),
  }
  const build = await rolldown({
    input: join(root, 'sandbox/guest/main.ts'),
    platform: 'neutral',
    plugins: [addition, ...guestModules()],
    resolve: { mainFields: ['module', 'main'] },
    checks: { eval: false, circularDependency: false, pluginTimings: false },
  })
  const { output } = await build.generate({ format: 'iife', name: 'easelGuest' })
  await build.close()
  return output[0].code
}

beforeAll(async () => {
  const source = await buildGuest(HELPERS)
  const operations: Operations = {
    ...operationTable(),
    'console.print': (args) => ((printed += (args as { text: string }).text), [true, []]),
    'bundle.load': async (name) => {
      loaded.push(String(name))
      await isolate.load([String(name)], 10_000)
      return [null, []]
    },
  }
  const bridge = openBridge(operations, { limits, note: () => 0 } as unknown as OperationContext, 4, {
    onSettled: (id, json, bytes) => (settled = settled.then(() => isolate.settle(id, json, bytes, 10_000))),
    onLimit: () => 0,
  })
  const code = { guest: { source }, lazy: (name: string) => readLazyBundle(built, name) }
  isolate = openIsolate(code, bridge, limits.memoryBytes, 4)
})
afterAll(() => isolate.stop())

/** The value of a cell as it is shown. */
async function run(code: string): Promise<string> {
  printed = ''
  await isolate.begin(1, 1.7e12, 10_000)
  await isolate.run(writeScript(code, 1, new Set(['easel'])), 10_000)
  let ended: string | undefined
  while ((ended = await isolate.ended(10_000)) === undefined) await new Promise((done) => setTimeout(done, 1))
  await isolate.close(true, 10_000)
  return printed + ended
}

test.each([
  ['viaHucre', '[["表",[["地区","n"],["北京",3]]]]'],
  ['viaXlsx', '[{"地区":"北京","n":3}]'],
  ['viaJschardet', '"GB18030"'],
  ['viaParquet', '[{"城市":"北京"},{"城市":"上海"}]'],
  ['viaFlechette', '[{"n":1,"s":"a"},{"n":2,"s":"茶"}]'],
  ['viaFflate', '"茶"'],
  ['viaFzstd', '"茶茶茶"'],
])('%s works in the isolate, and its package is loaded once', async (name, shown) => {
  const code = `import * as easel from 'easel'\nJSON.stringify(await (easel as any).${name}())`
  const before = loaded.length
  expect(await run(code)).toBe(`${shown}\n`)
  expect(loaded.length).toBeGreaterThan(before)
  const after = [...loaded]
  expect(await run(code)).toBe(`${shown}\n`)
  expect(loaded).toEqual(after)
})

test('the build refuses a package that has no bundle, and one that would come with every start', async () => {
  const index = 'sandbox/helpers/index.ts'
  await expect(buildGuest("\nexport const a = () => import('zod')")).rejects.toThrow(
    `${index} imports 'zod' dynamically: add it to sandbox/lazy-bundles.ts.`,
  )
  await expect(buildGuest("\nexport { table } from 'arquero'")).rejects.toThrow(
    `${index} imports 'arquero' statically, which makes every start slower: use await import().`,
  )
})

test('only bundles of the list are read', () => {
  expect(readLazyBundle(built, 'fzstd').compiled?.length).toBeGreaterThan(1000)
  for (const name of ['../guest', '../child', 'constructor', '', 'arquero.js', 'guest'])
    expect(() => readLazyBundle(built, name)).toThrow(`There is no bundle ${name}.`)
})

test("a snippet's import of a helper's package is refused", async () => {
  expect(await run("await import('hucre')")).toContain("Cannot find module 'hucre'")
})
