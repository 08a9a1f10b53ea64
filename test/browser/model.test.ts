// A turn while it is running: reloaded, watched in two tabs, stopped; and model text that tries to load foreign
// content.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { portrait } from '../cli/program.ts'
import { inBrowser } from './chromium.ts'
import { startModel, type Model } from './model.ts'
import { ask, bring, download, downloadsIn, finished, say, turns } from './user.ts'
import { openScene } from './scene.ts'

const GRAY =
  "import sharp from 'sharp'\nconsole.log('I am at it')\nawait sharp('portrait.png').grayscale().toFile('gray.png')"

let model: Model
beforeAll(async () => {
  model = await startModel()
})
afterAll(() => model?.close())

inBrowser('a turn of a model', () => {
  const scene = openScene({ env: () => model.env() })

  it('goes on while the page is loaded again, and nothing of it is lost', async () => {
    const page = await scene.open()
    await bring(page, portrait)
    model.code(GRAY, 'First I make it gray.')
    const release = model.held('It turned', ' out gray.')
    await say(page, 'make it gray')
    await page.getByText('It turned', { exact: true }).waitFor()
    await page.reload()
    const turn = turns(page).last()
    await turn.getByText('make it gray', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
    await turn.getByText('I am at it', { exact: true }).waitFor()
    release()
    await turn.getByText('It turned out gray.', { exact: true }).waitFor()
    await finished(page)
    await expect.poll(() => turns(page).count()).toBe(1)
    await expect.poll(() => turn.innerText()).toContain('First I make it gray.')
    expect((await download(page, downloadsIn(turn).last())).name).toBe('gray.png')
  })

  it('is the same in two tabs, whichever began it', async () => {
    const page = await scene.open()
    await bring(page, portrait)
    await page.getByRole('button', { name: 'Leave out portrait.png' }).waitFor()
    const other = await scene.beside(page)
    model.code(GRAY, 'First I make it gray.')
    const release = model.held('It turned', ' out gray.')
    await say(page, 'make it gray')
    await turns(other).getByText('It turned', { exact: true }).waitFor()
    await other.getByRole('button', { name: 'Stop', exact: true }).waitFor()
    release()
    await Promise.all([finished(page), finished(other)])
    model.words('That was all.')
    await ask(other, 'is that all?')
    await turns(page).getByText('That was all.').waitFor()
    await finished(page)
    const [one, two] = await Promise.all([page, other].map((tab) => turns(tab).allTextContents()))
    expect(one).toEqual(two)
    expect(one).toHaveLength(2)
  })

  it('stops when it is told to, and the next one works', async () => {
    const page = await scene.open()
    await bring(page, portrait)
    model.code('for (;;) {}')
    await say(page, 'work for ever')
    await page.getByText('for (;;) {}').waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await finished(page)
    await turns(page).last().getByText('Stopped').first().waitFor()
    model.code(GRAY)
    model.words('Gray.')
    const turn = await ask(page, 'then make it gray')
    await expect.poll(() => turn.getByRole('figure').count()).toBe(1)
  })

  it('writes what looks like pictures, scripts and links elsewhere: nothing is asked of anybody', async () => {
    const page = await scene.open()
    model.words(
      [
        '![secret](https://example.com/leak.png?q=secret) and <img src="https://example.com/raw.png"> here',
        '<script>fetch("https://example.com/script")</script><iframe src="https://example.com/frame"></iframe>',
        '[a page](https://example.com/page) [a trap](javascript:alert(1)) ![own](//example.com/own.png)',
        '<svg onload="alert(1)"></svg><link rel="stylesheet" href="https://example.com/style.css">',
        '![data](data:image/svg+xml,%3Csvg%20onload=alert(1)%3E)',
        '',
        '| a | b |\n|---|---|\n| 1 | 2 |',
      ].join('\n\n'),
    )
    const turn = await ask(page, 'hello')
    await turn.getByRole('cell', { name: '2' }).waitFor()
    await expect.poll(() => turn.getByText('[secret]').count()).toBe(1)
    expect(await turn.locator('img, script, iframe, link, svg:not(.octicon)').count()).toBe(0)
    const links = await turn
      .getByRole('link')
      .evaluateAll((all) => all.map((a) => [a.textContent, a.getAttribute('href'), a.getAttribute('rel')]))
    expect(links).toEqual([['a page', 'https://example.com/page', 'noopener noreferrer']])
  })

  it('answers in Markdown: no gaps in nested lists, and all of a long table cell can be read', async () => {
    const page = await scene.open()
    const long = 'a sentence that has many words and goes on '.repeat(6).trim()
    model.words(`1. one\n   - two\n     - three\n\n     four\n2. five\n\n| k | text |\n|---|---|\n| a | ${long} |`)
    const turn = await ask(page, 'hello')
    const lines = await turn
      .getByText(/^(two|three|five)$/)
      .evaluateAll((items) =>
        items
          .map((item) => item.getBoundingClientRect())
          .map(({ top, height }) => [Math.round(top), Math.round(height)]),
      )
    const tops = lines.map(([top = 0]) => top)
    expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(160)
    const cell = turn.getByRole('cell', { name: long })
    const { isCut, height } = await cell.evaluate((box) => {
      return { isCut: box.scrollWidth > box.clientWidth, height: box.clientHeight }
    })
    expect({ isCut, isWrapped: height > 40 }).toEqual({ isCut: false, isWrapped: true })
  })

  it('that fails to answer says so, and can be tried again', async () => {
    const page = await scene.open()
    model.fails('no such model here')
    const turn = await ask(page, 'hello')
    await turn.getByText('no such model here').waitFor()
    model.words('Here I am.')
    await turn.getByRole('button', { name: 'Try again' }).click()
    await turns(page).getByText('Here I am.').waitFor()
    await finished(page)
    await expect.poll(() => turns(page).count()).toBe(1)
  })
})
