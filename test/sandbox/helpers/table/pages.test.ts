// Tables in pages and Markdown, as people and systems write them.
import { expect, test } from 'vitest'
import { readGrid, type GridOptions } from '../../../../sandbox/helpers/table/formats/read-grid.ts'

const read = (text: string, name: string, options?: GridOptions) => readGrid(Buffer.from(text), name, options)
const cells = async (text: string, name = 'a.html') => (await read(text, name))?.cells

test('end tags may be missing, entities are decoded, line breaks are spaces', async () => {
  const page = `<html><body><table><tr><th>Name<th>Price &euro;<tr><td>caf&eacute; &amp; t&#233;<td>1,5&nbsp;<tr><td>two<br>lines</td><td>2</table>`
  expect(await cells(page)).toEqual([
    ['Name', 'Price €'],
    ['café & té', '1,5'],
    ['two lines', '2'],
  ])
})

test('spans cover cells of the same and of later rows', async () => {
  const page = `<table><tr><th rowspan=2>地区</th><th colspan="2">2022</th></tr><tr><th>数量</th><th>金额</th></tr>
    <tr><td rowspan='2'>华北</td><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>`
  const grid = await read(page, 'a.html')
  expect(grid?.cells).toEqual([
    ['地区', '2022', '2022'],
    ['地区', '数量', '金额'],
    ['华北', '1', '2'],
    ['华北', '3', '4'],
  ])
  expect(grid?.header).toEqual({ row: 0, rows: 2 })
  expect(grid?.notes).toEqual(["the value of a merged cell stands in each of its rows (first: '华北' in 2 rows)"])
})

test('scripts and hidden text are left out; of several tables the largest is read, or the one asked for', async () => {
  const page = `<h2>Menu</h2><table><tr><td>a</td></tr></table><script>"<table><tr><td>x</td></tr></table>"</script>
    <h2>Data</h2><table><tr><td>k</td><td>v<span style="display:none">hidden</span></td></tr><tr><td>1</td><td>a < b</td></tr></table>`
  const grid = await read(page, 'a.html')
  expect(grid).toMatchObject({
    cells: [
      ['k', 'v'],
      ['1', 'a < b'],
    ],
    sheet: 'Data',
  })
  expect(grid?.notes).toEqual([
    'read the largest of 2 tables, number 1 (rows x columns: 1 x 1, 2 x 2; pass { sheet: n }, from 0)',
  ])
  expect((await read(page, 'a.html', { sheet: 0 }))?.cells).toEqual([['a']])
  await expect(read(page, 'a.html', { sheet: 5 })).rejects.toThrow(
    "readTable: 'a.html' has no table 5 (number); its tables, from 0: 0 'Menu', 1 'Data'",
  )
  await expect(read('<html><p>none</p></html>', 'b.html')).rejects.toThrow(
    "readTable: 'b.html' is a page without tables",
  )
})

test('a page that systems export as .xls is read in the encoding that it names', async () => {
  const head = Buffer.from(
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><table><tr><td>',
  )
  const gbk = Buffer.concat([head, Buffer.from('b5d8c7f8', 'hex'), Buffer.from('</td><td>1</td></tr></table></html>')])
  expect((await readGrid(gbk, 'export.xls'))?.cells).toEqual([['地区', '1']])
})

test('Markdown: escaped bars, code, emphasis and links; no table in a code block', async () => {
  const text =
    '# Sales\n\n```\n| x | y |\n|---|---|\n```\n| name | note |\n|:-----|-----:|\n| **a** | `x \\| y` |\n| [b](http://c) | \\*d\\* |\n\nend\n'
  const grid = await read(text, 'a.md')
  expect(grid).toMatchObject({
    format: 'markdown',
    sheet: 'Sales',
    cells: [
      ['name', 'note'],
      ['a', 'x | y'],
      ['b', '*d*'],
    ],
  })
  expect(await read('just words\n', 'b.md')).toBeUndefined()
})
