// A table in the page: every row can be reached, sorted, filtered and copied, with the keys alone too.
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { tableWordsEn as tables } from '../../src/web/i18n/table-words-en.ts'
import { tableWordsZh } from '../../src/web/i18n/table-words-zh.ts'
import { zh } from '../../src/web/i18n/zh.ts'
import { product } from '../cli/program.ts'
import { file } from './brought-files.ts'
import { inBrowser } from './chromium.ts'
import { ask, bring, download, turns } from './user.ts'
import { openScene } from './scene.ts'

/** So many rows are higher than the grid's element may be. */
const ROWS = 260_000
const NAMES = ['Ann', '北京', 'Bo', '', 'Çelik']
const LONG = `id,name,score,day,ok\n${Array.from(
  { length: ROWS },
  (_, i) => `${i + 1},${NAMES[i % 5]},${((i * 7919) % 100_000) / 4},2024-0${1 + (i % 9)}-11,${i % 3 === 0}`,
).join('\n')}\n`

/** The rows on the screen, each as the texts of its cells, the number first. */
async function rowsOf(grid: Locator): Promise<string[][]> {
  const rows = await grid.evaluate((element) => {
    const [box, head] = [element, element.firstElementChild!.firstElementChild!].map((one) =>
      one.getBoundingClientRect(),
    )
    return [...element.querySelectorAll('[data-row]')]
      .map((row) => ({ row, box: row.getBoundingClientRect() }))
      .filter(({ box: own }) => own.top >= head!.bottom - 1 && own.bottom <= box!.bottom + 1)
      .toSorted((a, b) => a.box.top - b.box.top)
      .map(({ row }) => [...row.children].map((cell) => (cell as HTMLElement).innerText))
  })
  return rows
}

const firstRow = async (grid: Locator): Promise<string | undefined> => (await rowsOf(grid))[0]?.join(' ')
const lastRow = async (grid: Locator): Promise<string | undefined> => (await rowsOf(grid)).at(-1)?.join(' ')

async function openGrid(page: Page, name: string): Promise<Locator> {
  await page
    .getByRole('complementary')
    .getByRole('button', { name: `Open ${name} as a table` })
    .click()
  const grid = page.getByRole('grid', { name: `Table ${name}` })
  await grid.waitFor()
  return grid
}

inBrowser('a person with a table', () => {
  const scene = openScene()

  it('reaches every row of a long one, sorts, filters and searches it', async () => {
    const page = await scene.open()
    await bring(page, file('long.csv', LONG))
    const grid = await openGrid(page, 'long.csv')
    await page.getByText(tables.allRows('260,000'), { exact: true }).waitFor()
    await expect.poll(() => firstRow(grid)).toBe('1 1 Ann 0.00 2024-01-11 true')
    const height = await grid.evaluate((element) => element.scrollHeight)
    expect(height).toBeLessThan(9_000_000)
    await grid.evaluate((element) => (element.scrollTop = element.scrollHeight))
    await expect.poll(() => lastRow(grid)).toMatch(/^260,000 260,?000 Çelik /)
    await grid.hover()
    await page.mouse.wheel(0, -320)
    await expect.poll(() => lastRow(grid)).toMatch(/^259,990 /)
    const column = (name: string): Locator => grid.getByRole('columnheader', { name: new RegExp(`^${name}`) })
    await column('score').getByRole('button').click()
    await expect.poll(() => column('score').getAttribute('aria-sort')).toBe('ascending')
    await column('score').getByRole('button').click()
    await expect.poll(() => firstRow(grid)).toMatch(/ 24,999\.75 /)
    await grid.getByRole('textbox', { name: 'Filter score' }).fill('100..200')
    await grid.getByRole('textbox', { name: 'Filter name' }).fill('北')
    await grid.getByRole('combobox', { name: 'Filter ok' }).selectOption({ label: 'true' })
    await page.getByText(/^[\d,]+ of 260,000 rows$/).waitFor()
    await expect.poll(() => firstRow(grid)).toMatch(/^1 [\d,]+ 北京 (200\.00|199\.\d\d) .* true$/)
    await grid.getByRole('textbox', { name: 'Filter score' }).fill('much')
    await expect
      .poll(() => grid.getByRole('textbox', { name: 'Filter score' }).getAttribute('aria-invalid'))
      .toBe('true')
    await page.getByRole('searchbox', { name: tables.search }).fill('nobody')
    await page.getByText(tables.none).waitFor()
  })

  it('moves, selects and copies with the keys', async () => {
    const page = await scene.open({ more: { permissions: ['clipboard-read', 'clipboard-write'] } })
    await bring(page, join(product, 'examples/sales.csv'))
    const grid = await openGrid(page, 'sales.csv')
    await page.getByText(tables.allRows('60'), { exact: true }).waitFor()
    await grid.focus()
    const active = (): Promise<string | null | undefined> =>
      grid.evaluate(
        (element) => document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent,
      )
    await expect.poll(active).toBe('2020')
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown', 'Shift+End']) await page.keyboard.press(key)
    await page.keyboard.press('Control+c')
    await page.getByText(tables.copied('2')).waitFor()
    const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
    expect(await copied()).toBe('Tea 茶\t811\t10137.5\nCoffee 咖啡\t879\t16481.25')
    await page.keyboard.press('Control+End')
    await expect.poll(active).toMatch(/^[\d,.]+$/)
    await expect.poll(() => lastRow(grid)).toMatch(/^60 /)
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('ArrowUp')
    await expect.poll(active).toBe('year')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await expect.poll(() => firstRow(grid)).toMatch(/^1 2024 /)
    await page.keyboard.press('Control+a')
    await page.keyboard.press('Control+c')
    await page.getByText(tables.copied('60')).waitFor()
    expect((await copied()).split('\n').map((line) => line.split('\t').length)).toEqual(
      Array.from({ length: 61 }, () => 5),
    )
  })

  it('gets a table in an answer as a file, after a look at the sample, in Chinese and on a phone', async () => {
    const page = await scene.open({ language: 'zh-CN', theme: 'dark', size: { width: 390, height: 844 } })
    await page.getByRole('button', { name: zh.tableExampleList[0]!.title }).click()
    const answer = turns(page).last().locator('.answer-table')
    await answer.getByRole('button', { name: tableWordsZh.downloadCsv }).waitFor()
    expect(await answer.locator('td.number').count()).toBeGreaterThan(10)
    const saved = await download(page, answer.getByRole('button', { name: tableWordsZh.downloadXlsx }))
    expect(saved.name).toBe('表格.xlsx')
    await page
      .getByRole('button', { name: zh.openTable('西雅图天气.csv') })
      .first()
      .click()
    await page.getByRole('grid').waitFor()
    await page.getByText(tableWordsZh.allRows('1,461'), { exact: true }).waitFor()
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBe(390)
  })

  it('is told of a file that is no table', async () => {
    scene.allow(/status of 422/)
    const page = await scene.open()
    await bring(page, file('none.csv', ' \n\n'), file('a.csv', 'x\n1\n'))
    await page.getByRole('complementary').getByRole('button', { name: 'Open none.csv as a table' }).click()
    await page.getByRole('alert').getByText('The file is empty').waitFor()
    await page.keyboard.press('Escape')
    await ask(page, 'describe a.csv')
  })
})
