// Values named in a request select rows: 北京和上海的GDP, "GDP of 广东 and 江苏", "only the smokers"; unknown values fail by
// name.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { snippetOf } from '../../src/phrasebook/code/snippet.ts'
import { understand } from '../../src/phrasebook/understand.ts'
import { conversation } from './dialogue.ts'
import { inShort, insurance, picture, scene, understood, wide } from './scene.ts'
import { ran, typeErrors, snippetFolder } from './snippet-folder.ts'

const gdp = scene({ 'gdp.csv': wide })
const people = scene({ 'insurance.csv': insurance })

const NAMED = [
  [gdp, '北京和上海的GDP变化,折线图', 'line 地区: years top 10', ['北京', '上海']],
  [gdp, '北京、上海、广东的GDP', 'line 地区: years top 10', ['北京', '上海', '广东']],
  [gdp, '对比北京和上海的GDP,折线图', 'line 地区: years top 10', ['北京', '上海']],
  [gdp, '2020年北京和上海的GDP柱状图', 'bar 地区: 2020年', ['北京', '上海']],
  [gdp, '北京2022年的GDP', 'bar 地区: 2022年', ['北京']],
  [gdp, '北京市和河北省的GDP做成表格', 'table all', ['北京市', '河北省']],
  [gdp, '广东GDP变化', 'line 地区: years top 10', ['广东']],
  [gdp, '上海和广东省历年GDP', 'line 地区: years top 10', ['上海', '广东省']],
  [gdp, '只看广东', 'table all', ['广东']],
  [gdp, 'GDP of 广东 and 江苏 as lines', 'line 地区: years top 10', ['广东', '江苏']],
  [gdp, 'GDP of Guangdong and Hong Kong as lines', 'line 地区: years top 10', ['Guangdong', 'Hong Kong']],
  [gdp, 'average GDP of 北京 and 上海 per year', 'line 地区: averageyears', ['北京', '上海']],
  [people, 'average charges of southwest by sex', 'table sex: average charges', ['southwest']],
  [people, 'bar chart of charges by sex for southwest and northeast', 'bar sex: charges', ['southwest', 'northeast']],
] as const

const FLAGS = [
  ['only the smokers', 'table all', true],
  ['average charges of smokers', 'table whole: average charges', true],
  ['how many smokers are there by region', 'table region: count', true],
  ['bar chart of charges by region, only smokers', 'bar region: charges', true],
  ['average charges of the non-smokers by region', 'table region: average charges', false],
  ['histogram of charges, only smokers', 'distribution charges', true],
  ['the 3 oldest smokers', 'table all top 3', true],
  ['只看吸烟者,各地区的平均费用', 'table region: average charges', true],
  ['吸烟的人的平均费用', 'table whole: average charges', true],
  ['不吸烟者的平均费用', 'table whole: average charges', false],
] as const

describe('rows that a request names', () => {
  it.each(NAMED)('%# "%s"', (situation, text, jobs, names) => {
    const request = understood(text, situation)
    expect(inShort(request)).toBe(jobs)
    expect(request.jobs[0]).toMatchObject({ choice: { type: 'names', names } })
    expect(request.notes.join()).toMatch(/Only rows of|只包括/)
  })

  it.each(FLAGS)('%# "%s"', (text, jobs, holds) => {
    const request = understood(text, people)
    expect(inShort(request)).toBe(jobs)
    expect(request.jobs[0]).toMatchObject({ choice: { type: 'flag', column: 'smoker', holds } })
  })

  it('are grouped by what says yes or no where both are meant', () => {
    for (const text of ['average charges by smokers', 'average charges of smokers and non-smokers'])
      expect(inShort(understood(text, people))).toBe('table smoker: average charges')
  })

  it('are never all rows where a column does not say which', () => {
    const silent = scene({ 'insurance.csv': { ...insurance, head: undefined } })
    expect(understand('only the smokers', silent)).toHaveProperty('code', 'not_understood')
    expect(understand('only the regions', people)).toHaveProperty('code', 'not_understood')
  })

  it('narrow the last chart', async () => {
    const [, only] = await conversation(
      { 'insurance.csv': insurance },
      'bar chart of charges by sex',
      'only the smokers',
    )
    expect(only!.code).toContain("const X = 'sex'\nconst Y = 'charges'")
    expect(only!.code).toContain(".test(String(row['smoker'] ?? '').trim())")
    const [, beijing] = await conversation({ 'gdp.csv': wide }, 'GDP的折线图', '只看北京')
    expect(beijing!.code).toContain("const NAMES = ['北京']")
    expect(beijing!.code).toContain('北京（2003年 – 2022年）')
  })

  it('are not looked for in words that stand elsewhere, nor where there is no table', () => {
    expect(understand('bar chart with a moustache', people)).toHaveProperty('code', 'not_understood')
    expect(understand('画漂亮图', people)).toHaveProperty('code', 'not_understood')
    expect(understand('a portrait of Einstein', scene({ 'a.png': picture }))).toHaveProperty('code', 'not_understood')
  })

  it('are found at the run, and what is not there fails with its name before anything is made', async () => {
    const folder = await snippetFolder()
    const table = '地区,2003年,2004年\n北京市,1,2\n上海市,3,4\n广西壮族自治区,5,6\n"海南省",7,8\n'
    await writeFile(join(folder, 'gdp.csv'), table)
    await writeFile(join(folder, 'insurance.csv'), 'smoker,charges\nyes,1\nno,5\nYes,2\n')
    await writeFile(join(folder, 'people.csv'), 'sex,charges\nfemale,1\nmale,5\nfemale,2\n')
    const card = { ...wide, columns: wide.columns!.slice(0, 3) }
    const code = (text: string, files: Parameters<typeof scene>[0]) => snippetOf(understood(text, scene(files)).jobs)
    const flags = { ...insurance, columns: insurance.columns!.slice(-3).filter(({ name }) => name !== 'region') }
    const snippets = {
      'found.ts': code('上海和广西的GDP做成表格,保存成csv', { 'gdp.csv': card }),
      'flags.ts': code('total charges of smokers', {
        'insurance.csv': { ...flags, head: ['smoker,charges', 'yes,1', 'no,5'] },
      }),
      'women.ts': code('average charges of women', { 'people.csv': { ...flags, columns: insurance.columns! } }),
      'missing.ts': code('上海和火星的GDP做成表格', { 'gdp.csv': card }),
    }
    for (const [name, text] of Object.entries(snippets)) await writeFile(join(folder, name), text)
    expect(await typeErrors(folder, Object.keys(snippets))).toBe('')
    const printed = await ran(folder, ['found.ts', 'flags.ts', 'women.ts'])
    expect(await readFile(join(folder, 'gdp-table.csv'), 'utf8')).toBe(
      '\ufeff地区,2003年,2004年\r\n上海市,3,4\r\n广西壮族自治区,5,6',
    )
    expect(printed).toContain('Total charges, smoker: yes: 3\nAverage charges, women: 1.5')
    await expect(ran(folder, ['missing.ts'])).rejects.toThrow('没有名为 火星 的列，"地区"列里也没有这个值。')
  }, 120_000)
})
