// axe finds no violation in any state of the page, in both themes and both languages.
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { en } from '../../src/web/i18n/en.ts'
import { zh } from '../../src/web/i18n/zh.ts'
import { portrait, product } from '../cli/program.ts'
import { unusable } from './brought-files.ts'
import { inBrowser } from './chromium.ts'
import { startModel, type Model } from './model.ts'
import { ask, bring, finished, say } from './user.ts'
import { openScene } from './scene.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

inBrowser('axe finds nothing', () => {
  const scene = openScene()
  // Colours depend on the theme and texts on the language: two of the four combinations cover both.
  const looks = [
    { language: 'en', theme: 'light', words: en },
    { language: 'zh-CN', theme: 'dark', words: zh },
  ] as const

  it.for(looks)('in $language, $theme', async ({ language, theme, words }) => {
    // The page's content security policy blocks foreign scripts, axe included.
    const page = await scene.open({ language, theme, more: { bypassCSP: true, reducedMotion: 'reduce' } })
    const found: Record<string, readonly string[]> = {}
    const look = async (state: string): Promise<void> => {
      found[state] = await violations(page)
    }
    await page.getByRole('heading', { name: words.welcome }).waitFor()
    await look('empty')
    await bring(page, portrait, join(product, 'examples/sales.csv'))
    await page.getByRole('button', { name: words.detach('sales.csv') }).waitFor()
    await look('with files to send')
    await bring(page, ...(await unusable()))
    await page.getByText(words.unusable(4)).click()
    await look('with files that cannot be used')
    await page.getByRole('button', { name: words.leaveUnusable }).click()
    await page
      .getByRole('complementary')
      .getByRole('button', { name: words.openTable('sales.csv') })
      .click()
    await page.getByRole('row').nth(3).waitFor()
    await look('a table in full size')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: words.detach('sales.csv') }).click()
    await ask(page, words === en ? 'make it gray' : '变成黑白', words)
    await page.getByRole('complementary', { name: words.files }).waitFor()
    await look('after a result, with the file panel')
    await page.getByRole('button', { name: words.runAgain }).click()
    await look('with code to change')
    await page.getByRole('button', { name: words.cancel }).click()
    await page.getByRole('figure').getByRole('button').click()
    await look('in full size')
    await page.getByRole('button', { name: words.compare }).click()
    await look('before and after')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: words.connect }).click()
    await look('how to connect a model')
    await page.keyboard.press('Escape')
    await page
      .getByRole('button', { name: new RegExp(`^${words.delete}`) })
      .first()
      .click()
    await look('before something is deleted')
    expect(Object.fromEntries(Object.entries(found).filter(([, all]) => all.length > 0))).toEqual({})
  })

  it('on a phone, with a panel over the conversation', async () => {
    const size = { width: 360, height: 740 }
    const page = await scene.open({
      size,
      more: { bypassCSP: true, reducedMotion: 'reduce', isMobile: true, hasTouch: true },
    })
    await bring(page, portrait)
    await ask(page, 'make it gray')
    expect(await violations(page)).toEqual([])
    for (const panel of [/^Show files/, 'Show conversations']) {
      await page.getByRole('button', { name: panel }).tap()
      expect(await violations(page)).toEqual([])
      await page.keyboard.press('Escape')
    }
  })
})

inBrowser('axe finds nothing in what a model brings', () => {
  let model: Model
  beforeAll(async () => {
    model = await startModel()
  })
  afterAll(() => model?.close())
  const scene = openScene({ env: () => ({ ...model.env(), EASEL_IMAGES: 'on' }) })

  it.for(['light', 'dark'] as const)('in the %s', async (theme) => {
    const page = await scene.open({ theme, more: { bypassCSP: true, reducedMotion: 'reduce' } })
    await bring(page, portrait)
    model.calls('generate_image', { prompt: 'a red fox', name: 'fox.png' })
    const release = model.draws(readFileSync(portrait))
    model.calls('generate_image', { prompt: 'a green fox', name: 'green.png' })
    model.refusesToDraw('No.')
    model.words('# Done\n\n- one\n  - [x] two\n\n| a | b |\n|---|---|\n| 1 | `c` |\n\n```ts\nf()\n```', [1200, 40])
    await say(page, 'draw it')
    await page.getByText('a red fox').waitFor()
    expect(await violations(page)).toEqual([])
    release()
    await finished(page)
    expect(await violations(page)).toEqual([])
  })
})

/** The violations, each with its location. */
async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ content: AXE })
  return page.evaluate(async () => {
    // During a fade the contrast is too low.
    const fades = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(fades.map(({ finished }) => finished))
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResults> } }
    const { violations: all, passes } = await axe.run()
    if (passes.length < 15) throw new Error(`axe looked at ${passes.length} things only`)
    return all.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    )
  })
}
