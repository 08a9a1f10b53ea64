// Uploads that are no pictures, too large, or hostile by name or content: reported, shown as text, harmless.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { portrait } from '../cli/program.ts'
import { inBrowser } from './chromium.ts'
import { ask, bring, download, finished, say, turns } from './user.ts'
import { phonePhoto } from './phone-photo.ts'
import { openScene } from './scene.ts'
import { file, picture, waiting } from './brought-files.ts'

const LIMIT = 400_000

declare global {
  var areEventsHeld: boolean | undefined
}

/** Delays the events of a new page while `areEventsHeld`. */
function holdEvents(): void {
  const { fetch } = globalThis
  globalThis.fetch = async (...request) => {
    const answer = await fetch(...request)
    if (!answer.body || !answer.url.endsWith('/events')) return answer
    const held = new TransformStream<Uint8Array, Uint8Array>({
      async transform(part, stream) {
        while (globalThis.areEventsHeld) await new Promise((resolve) => setTimeout(resolve, 20))
        stream.enqueue(part)
      },
    })
    return new Response(answer.body.pipeThrough(held), answer)
  }
}

inBrowser('a person who brings a file', () => {
  const scene = openScene({ env: () => ({ EASEL_FILE_BYTES: String(LIMIT) }) })

  it('is told why a text that is called a picture cannot be read', async () => {
    const page = await scene.open()
    await bring(page, file('holiday.png', 'this is no picture'))
    const chip = waiting(page).getByRole('listitem')
    await chip.getByText(/^This file cannot be read: /).waitFor()
    await expect.poll(() => chip.innerText()).toMatch(/holiday\.png\s+This file cannot be read: .{20,}/)
  })

  it('sees one chip for a file that is there before the server has answered', async () => {
    const page = await scene.open()
    const answer = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<void>()
    await page.route('**/api/sessions/*/files', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      const response = await route.fetch()
      await answer.promise
      await route.fulfill({ response })
      answered.resolve()
    })
    await bring(page, portrait)
    await page.getByRole('button', { name: 'Leave out portrait.png' }).waitFor()
    const chips = waiting(page).getByRole('listitem')
    await expect.poll(() => chips.count()).toBe(1)
    answer.resolve()
    await answered.promise
    await expect.poll(() => chips.count()).toBe(1)
  })

  it('sends all that was brought, and sees its message, however late the events come', async () => {
    const page = await scene.open()
    await page.addInitScript(holdEvents)
    await page.reload()
    await bring(page, portrait)
    await page.getByRole('button', { name: 'Leave out portrait.png' }).waitFor()
    await page.evaluate(() => void (globalThis.areEventsHeld = true))
    const answered = page.waitForResponse((response) => response.url().endsWith('/files') && response.ok())
    await bring(page, { name: 'second.png', mimeType: '', buffer: await picture() })
    await answered
    const sent = page.waitForRequest((request) => request.url().endsWith('/messages'))
    await say(page, 'make them gray')
    expect((await sent).postDataJSON()).toMatchObject({ files: ['portrait.png', 'second.png'] })
    // Longer than events usually take.
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(await turns(page).count()).toBe(1)
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    await page.evaluate(() => void (globalThis.areEventsHeld = false))
    await finished(page)
    await expect.poll(() => turns(page).getByRole('figure').count()).toBe(2)
    expect(await waiting(page).count()).toBe(0)
  })

  it('clicks what it has pressed, though the files come up beside it meanwhile', async () => {
    const page = await scene.open()
    const send = page.getByRole('button', { name: 'Send', exact: true })
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('make it gray')
    const before = await send.boundingBox()
    await send.hover()
    await page.mouse.down()
    const listed = page.waitForResponse((response) => {
      return response.request().method() === 'GET' && response.url().endsWith('/files')
    })
    await bring(page, portrait)
    await listed
    // Enough time to be rendered.
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await send.boundingBox()).toEqual(before)
    await page.mouse.up()
    await turns(page).first().waitFor()
    await page.getByRole('complementary', { name: 'Files' }).waitFor()
    await finished(page)
  })

  it('is told that a file is too large, by how much, and can bring another', async () => {
    scene.allow(/status of 413/)
    const page = await scene.open()
    await bring(page, file('large.png', Buffer.alloc(LIMIT + 1)), portrait)
    const alert = page.getByRole('alert')
    await alert.waitFor()
    await expect.poll(() => alert.innerText()).toMatch(/400,?000|400 kB/i)
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('button', { name: 'Leave out portrait.png' }).waitFor()
    await expect
      .poll(() => waiting(page).getByRole('listitem').allInnerTexts())
      .toEqual([expect.stringContaining('portrait.png')])
  })

  it('sees why a file was refused until a message goes with another', async () => {
    scene.allow(/status of 413/)
    const page = await scene.open()
    await bring(page, file('large.png', Buffer.alloc(LIMIT + 1)))
    await page.getByRole('alert').waitFor()
    await ask(page, 'make it gray')
    await expect.poll(() => waiting(page).innerText()).toContain('large.png')
    await bring(page, portrait)
    await page.getByRole('button', { name: 'Leave out portrait.png' }).waitFor()
    await ask(page, 'make it gray')
    await expect.poll(() => waiting(page).count()).toBe(0)
  })

  it('is told of an empty file when it comes, and by the answer', async () => {
    const page = await scene.open()
    await bring(page, file('empty.png', ''))
    await waiting(page)
      .getByText(/The file is empty \(0 bytes\)/)
      .waitFor()
    const turn = await ask(page, '转成灰度')
    await expect.poll(() => turn.innerText()).toContain('empty.png 无法使用：文件是空的')
  })

  it("is told that a phone's photo cannot be decoded, and nothing is done with it", async () => {
    const page = await scene.open()
    await bring(page, file('IMG_0001.HEIC', phonePhoto(4032, 3024)))
    await waiting(page)
      .getByText(/HEIC.*JPEG/)
      .waitFor()
    const turn = await ask(page, 'make it gray')
    await expect.poll(() => turn.innerText()).toContain('IMG_0001.HEIC cannot be used')
    expect(await turn.getByRole('figure').count()).toBe(0)
  })

  it('sees a hostile name as text, and gets the file under a safe one', async () => {
    const page = await scene.open()
    const names = [
      '<img src=x onerror=alert(1)>.png',
      `"'quoted'".png`,
      'gnp.\u202Etxt.png',
      '<script>alert(2)<\u2215script>.png',
    ]
    const bytes = await picture()
    await bring(page, ...names.map((name) => file(name, bytes)))
    const panel = page.getByRole('complementary', { name: 'Files' })
    for (const name of names) {
      // Bidirectional control characters are not part of a name.
      const shown = name.replace('\u202E', '')
      const { name: saved, path } = await download(
        page,
        panel.getByRole('link', { name: `Download ${shown}`, exact: true }),
      )
      expect(saved).toMatch(/^[^<>"/\\:\u202E]+\.png$/)
      expect(readFileSync(path)).toEqual(bytes)
    }
    await ask(page, 'make it gray')
    const made = page.getByRole('figure').getByRole('img')
    await expect.poll(() => made.count()).toBe(names.length)
    expect(await page.locator('img[src=x], main script').count()).toBe(0)
  })

  it('runs no script of an SVG, shown or opened', async () => {
    const page = await scene.open()
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40" onload="top.hacked=1"><rect width="60" height="40" fill="teal"/><script>top.hacked=1;fetch('/api/sessions',{method:'POST',body:'{}'})</script><image href="https://example.com/x.png" width="9" height="9"/></svg>`
    await bring(page, file('drawing.svg', svg))
    const shown = waiting(page).getByRole('listitem').locator('img')
    await expect.poll(() => shown.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(320)
    const link = page.getByRole('link', { name: 'Download drawing.svg' })
    const { name, path } = await download(page, link)
    expect([name, readFileSync(path, 'utf8')]).toEqual(['drawing.svg', svg])
    // Opening its URL downloads it, instead of showing a document in the page's origin.
    const address = (await link.getAttribute('href')) ?? ''
    const other = await page.context().newPage()
    const [started] = await Promise.all([
      other.waitForEvent('download'),
      other.goto(new URL(address.replace('?download=1', ''), scene.url).href).catch(() => undefined),
    ])
    expect(started.suggestedFilename()).toBe('drawing.svg')
    expect(other.url()).toBe('about:blank')
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false)
  })

  it('drops one, pastes one, and takes back what it does not want', async () => {
    const page = await scene.open()
    const bytes = [...(await picture())]
    for (const kind of ['drop', 'paste'] as const) {
      await page.getByRole('textbox', { name: 'Message', exact: true }).evaluate(give, { kind, bytes })
      await page.getByRole('button', { name: `Leave out ${kind}.png` }).waitFor()
    }
    await page.getByRole('button', { name: 'Leave out drop.png' }).click()
    await ask(page, 'make it gray')
    await expect.poll(() => page.getByRole('figure').allInnerTexts()).toEqual([expect.stringContaining('paste')])
  })
})

interface Given {
  readonly kind: 'drop' | 'paste'
  readonly bytes: readonly number[]
}

function give(field: Element, { kind, bytes }: Given): void {
  const data = new DataTransfer()
  data.items.add(new File([new Uint8Array(bytes)], `${kind}.png`, { type: 'image/png' }))
  const event =
    kind === 'paste'
      ? new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })
      : new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true })
  field.dispatchEvent(event)
}
