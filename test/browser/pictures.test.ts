// Pictures between a user, a model and its endpoint: sent at the chosen detail, generated, and their usage shown.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newFolder, portrait } from '../cli/program.ts'
import { inBrowser } from './chromium.ts'
import { startModel, type Model } from './model.ts'
import { ask, bring, download, downloadsIn, finished, say, turns } from './user.ts'
import { openScene } from './scene.ts'

let model: Model
let prices: string
beforeAll(async () => {
  model = await startModel()
  prices = join(newFolder(), 'prices.json')
  writeFileSync(prices, JSON.stringify({ 'test-model': { input: 2, cached: 1, output: 10 } }))
})
afterAll(() => model?.close())

const CHOICE = 'How closely the model looks at pictures'

inBrowser('a picture that a model sees', () => {
  const scene = openScene({ env: () => ({ ...model.env(), EASEL_IMAGES: 'on', EASEL_PRICES: prices }) })

  it('is shown to it as closely as the person chose, and the page says so and what it took', async () => {
    const page = await scene.open()
    const choice = page.getByRole('combobox', { name: CHOICE })
    await expect.poll(() => choice.inputValue()).toBe('auto')
    await page.getByText('paste a link to a picture').waitFor()
    await choice.selectOption('low')
    await bring(page, portrait)
    model.words('A **portrait**.', [1200, 100])
    const turn = await ask(page, 'what is this?')
    await turn.getByText(/^Shown to the model: portrait\.png \(one picture, about [\d,]+ tokens\)$/).waitFor()
    expect(await turn.locator('.looked').count()).toBe(0)
    expect(model.images().map(({ detail }) => detail)).toEqual(['low'])
    await turn.getByText('1.2k tokens in, 100 out · $0.0034').waitFor()
    await page.getByText(/· \$0\.0034 so far ·/).waitFor()
    await page.reload()
    await turns(page)
      .last()
      .getByText(/^Shown to the model/)
      .waitFor()
    await expect.poll(() => page.getByRole('combobox', { name: CHOICE }).inputValue()).toBe('low')
  })

  it('is one that it drew: said while it is drawn, shown when it is, with a look at it', async () => {
    const page = await scene.open()
    await bring(page, portrait)
    model.words('A portrait.')
    await ask(page, 'what is this?')
    const fox = await sharp({ create: { width: 64, height: 48, channels: 3, background: 'orange' } })
      .png()
      .toBuffer()
    model.calls('generate_image', { prompt: 'a red fox in the snow', name: 'fox.png' })
    const release = model.draws(fox)
    model.calls('view_images', { names: ['portrait.png', 'fox.png'] })
    model.words('Here is the fox.')
    await say(page, 'draw a fox')
    const drawing = page.getByRole('region', { name: 'Drawing fox.png' })
    await drawing.getByRole('img', { name: 'Running' }).waitFor()
    await drawing.getByText('a red fox in the snow').waitFor()
    release()
    await finished(page)
    const turn = turns(page).last()
    await drawing.getByRole('img', { name: 'Done' }).waitFor()
    expect((await download(page, downloadsIn(turn).last())).name).toBe('fox.png')
    await turn.getByText(/^Shown to the model: portrait\.png, fox\.png/).waitFor()
    // What the turn already shows is not repeated.
    await expect.poll(() => turn.getByRole('button', { name: 'Open fox.png in full size' }).count()).toBe(1)
    await turn.locator('.looked').getByRole('button', { name: 'Open portrait.png in full size' }).click()
    await page.getByRole('dialog').getByRole('img').first().waitFor()
  })

  it('was not drawn: the reason stands there, and the turn goes on', async () => {
    const page = await scene.open()
    model.calls('generate_image', { prompt: 'something', name: 'no.png' })
    model.refusesToDraw('Your request was rejected by the safety system.')
    model.words('I could not draw it.')
    const turn = await ask(page, 'draw something')
    await turn
      .getByText(/rejected by the safety system/)
      .first()
      .waitFor()
    await turn.getByText('I could not draw it.').waitFor()
    expect(await turn.getByRole('figure').count()).toBe(0)
  })
})

inBrowser('without a model, and without the web', () => {
  const scene = openScene({ args: ['--no-fetch'] })

  it('nothing is asked about how closely pictures are looked at, and no link is asked for', async () => {
    const page = await scene.open()
    await page.getByText('Answered by the built-in phrasebook').waitFor()
    expect(await page.getByRole('combobox').count()).toBe(0)
    expect(await page.getByText('paste a link to a picture').count()).toBe(0)
  })

  it('a link in a request is not fetched, and that is said with the request', async () => {
    const page = await scene.open()
    await ask(page, 'hello')
    const turn = await ask(page, 'make https://example.com/cat.png gray')
    const said = turn.getByText(/^Not fetched: example\.com\/cat\.png, as fetching is off/)
    await said.waitFor()
    await expect.poll(() => turns(page).count()).toBe(2)
    const [asked, notice] = await Promise.all([turn.locator('.bubble').boundingBox(), said.boundingBox()])
    expect(notice!.y).toBeGreaterThan(asked!.y)
  })
})
