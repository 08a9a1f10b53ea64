// Several files for one message: in the order in which they were chosen, with unusable ones out of the way.
import sharp from 'sharp'
import { expect, it } from 'vitest'
import { zh } from '../../src/web/i18n/zh.ts'
import { inBrowser } from './chromium.ts'
import { ask, bring, finished, turns } from './user.ts'
import { openScene } from './scene.ts'
import { file, picture, unusable, waiting } from './brought-files.ts'

inBrowser('a person who brings several files', () => {
  const scene = openScene({ env: () => ({ EASEL_FILE_BYTES: '400000' }) })

  it('keeps the order in which files were chosen, however long the first one takes', async () => {
    const page = await scene.open()
    const bytes = await picture()
    const [first, second, old] = ['first.png', 'second.png', 'old.png'].map((name) => file(name, bytes))
    await bring(page, old!)
    await page.getByRole('button', { name: 'Leave out old.png' }).click()
    const held = Promise.withResolvers<void>()
    let posts = 0
    await page.route('**/api/sessions/*/files', async (route) => {
      if (route.request().method() === 'POST' && posts++ === 0) await held.promise
      return route.continue()
    })
    await bring(page, first!, second!)
    await page.getByRole('button', { name: 'Use old.png in the message' }).click()
    await page.getByRole('button', { name: 'Leave out old.png' }).waitFor()
    await page.getByRole('button', { name: 'Cancel the upload of second.png' }).waitFor()
    held.resolve()
    await page.getByRole('button', { name: 'Leave out second.png' }).waitFor()
    const chosen = ['first.png', 'second.png', 'old.png']
    await expect.poll(() => waiting(page).getByRole('listitem').allInnerTexts()).toEqual(chosen)
    const panel = page.getByRole('complementary', { name: 'Files' })
    await expect.poll(() => panel.locator('.name').allInnerTexts()).toEqual(['old.png', 'first.png', 'second.png'])
    const sent = page.waitForRequest((request) => request.url().endsWith('/messages'))
    const turn = await ask(page, 'stack them')
    expect((await sent).postDataJSON()).toMatchObject({ files: chosen })
    await expect.poll(() => turn.innerText()).toContain('first.png, second.png, old.png: one above the other')
  })

  it('is told of each file that cannot be used as it comes, and what becomes of the others', async () => {
    scene.allow(/status of 413/)
    const page = await scene.open({ language: 'zh-CN' })
    const bytes = await picture()
    const held = Promise.withResolvers<void>()
    await page.route('**/api/sessions/*/files', async (route) => {
      if (route.request().postData()?.includes('large.txt') === true) await held.promise
      return route.continue()
    })
    const cut = bytes.subarray(0, 60)
    await bring(page, file('1.png', bytes), file('cut.png', cut), file('d.psd', '8BPS'), file('2.png', bytes))
    const chips = page.getByRole('list', { name: zh.attached }).getByRole('listitem')
    const [damaged, photoshop] = [
      /这个文件无法按 image\/png 读取：文件已损坏或不完整。.*换一份文件。/,
      /这是 Photoshop 文件，这里读不了。/,
    ]
    await chips.filter({ hasText: 'cut.png' }).getByText(damaged).waitFor()
    await chips.filter({ hasText: 'd.psd' }).getByText(photoshop).waitFor()
    await page.getByRole('button', { name: zh.detach('2.png') }).waitFor()
    // It is refused while the message waits for it: the message goes without it, and the refusal stays visible.
    await bring(page, file('large.txt', 'x'.repeat(400_001)))
    await page.getByRole('textbox', { name: zh.message, exact: true }).fill('把这些图上下拼接')
    await page.getByRole('button', { name: zh.send, exact: true }).click()
    held.resolve()
    await turns(page).first().waitFor()
    await finished(page, zh)
    const said = await turns(page).last().innerText()
    expect(said).toMatch(/没有用 cut\.png：.*已损坏或不完整/)
    expect(said).toMatch(/没有用 d\.psd：这是 Photoshop 文件/)
    expect(await turns(page).getByRole('figure').count()).toBe(1)
    await expect.poll(() => chips.allInnerTexts()).toEqual([expect.stringMatching(/^large\.txt\s+文件太大/)])
  })

  it('sees small pictures that the server made, and a sign where it made none', async () => {
    scene.allow(/status of 503/)
    const page = await scene.open()
    const photo = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: 'teal' } })
      .jpeg()
      .toBuffer()
    const scan = await sharp({ create: { width: 900, height: 900, channels: 3, background: 'teal' } })
      .tiff()
      .toBuffer()
    const whole: string[] = []
    page.on('request', (request) => {
      if (/\/files\/[^/]+$/.test(request.url())) whole.push(request.url())
    })
    await bring(page, file('photo.jpg', photo), file('scan.tif', scan))
    const shown = waiting(page).getByRole('listitem').locator('img')
    const sizes = (): Promise<number[]> =>
      shown.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth))
    await expect.poll(sizes).toEqual([320, 320])
    await ask(page, 'info')
    expect(whole).toEqual([])
    // Full size shows the file itself.
    const opened = page.waitForRequest((request) => /\/files\/[^/]+$/.test(request.url()))
    await turns(page).getByRole('button', { name: 'Open photo.jpg in full size' }).click()
    await opened
    await page.keyboard.press('Escape')
    await page.route('**/thumbnail*', (route) => route.fulfill({ status: 503 }))
    await bring(page, file('busy.jpg', photo))
    const busy = waiting(page).getByRole('listitem').filter({ hasText: 'busy.jpg' })
    await busy.locator('.thumbnail.sign svg').waitFor()
    // It is requested again after a while.
    await page.unroute('**/thumbnail*')
    await busy.locator('img').waitFor()
  })
  it('sees many that cannot be used as one line, which opens to the reasons, and the others beside each other', async () => {
    const page = await scene.open({ size: { width: 390, height: 844 } })
    const bytes = await picture()
    await bring(
      page,
      ...(await unusable()),
      file('a.png', bytes),
      file('a longer name than there is room for.png', bytes),
    )
    const line = page.getByText('4 files cannot be used as they are')
    const reason = page.getByText(/It is a Photoshop file/)
    const chips = waiting(page).getByRole('listitem')
    await line.waitFor()
    await page.getByRole('button', { name: /^Leave out a longer name/ }).waitFor()
    expect(await reason.isVisible()).toBe(false)
    const tops = (): Promise<number[]> => chips.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top))
    await expect.poll(async () => new Set(await tops()).size).toBe(1)
    expect(await chips.count()).toBe(2)
    await line.click()
    await reason.waitFor()
    await page.getByRole('button', { name: 'Leave out e.pdf' }).click()
    await page.getByText('3 files cannot be used as they are').waitFor()
    await page.getByRole('button', { name: 'Leave them all out' }).click()
    await expect.poll(() => page.getByText(/cannot be used/).count()).toBe(0)
    const sent = page.waitForRequest((request) => request.url().endsWith('/messages'))
    await ask(page, 'make them gray')
    expect((await sent).postDataJSON()).toMatchObject({
      files: ['a.png', 'a longer name than there is room for.png'],
    })
  })

  it('sees that there are more files than the box shows, until the last one is in it', async () => {
    const page = await scene.open({ size: { width: 390, height: 844 } })
    const bytes = await picture()
    await bring(page, ...Array.from({ length: 16 }, (_, n) => file(`${n}.png`, bytes)))
    const box = page.locator('.attached')
    await page.getByRole('button', { name: 'Leave out 15.png' }).waitFor()
    await expect.poll(() => box.getAttribute('data-more')).toBe('true')
    await page.getByRole('button', { name: 'Leave out 15.png' }).scrollIntoViewIfNeeded()
    await expect.poll(() => box.getAttribute('data-more')).toBe('false')
  })
})
