// A conversation of 100 messages and 50 pictures: opens at its end, loads what is visible, and scrolls smoothly.
import { createHash, randomBytes } from 'node:crypto'
import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import type { Event } from '../../sessions/event.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import type { StoredSession } from '../../sessions/store.ts'
import { inBrowser } from './chromium.ts'
import { ask, isAtEnd, isInView, turns } from './user.ts'
import { openScene } from './scene.ts'

const MESSAGES = 100
const HOUR = 3_600_000
/**
 * Processor time per frame, as a multiple of what a page of plain paragraphs takes on the same machine at the same time:
 * milliseconds alone would measure the machine. It is 6 to 8; what renders the turns anew at each frame would be far more.
 */
const MAX_RATIO = 12
const PARAGRAPHS = 3000

inBrowser('a long conversation', () => {
  const scene = openScene()

  it('scrolls smoothly from its end to its beginning', { timeout: 300_000 }, async (context) => {
    const secret = randomBytes(24).toString('base64url')
    const id = await longSession(scene.data, createHash('sha256').update(`cookie:${secret}`).digest('hex'))
    const page = await scene.open()
    await page.context().addCookies([{ name: 'easel', value: secret, url: scene.url }])
    const pictures = new Set<string>()
    page.on('request', (request) => request.resourceType() === 'image' && pictures.add(request.url()))
    await page.goto(`${scene.url}/#/s/${id}`)
    await page.reload()
    const last = turns(page).nth(MESSAGES - 1)
    await last.getByText(`Answer ${MESSAGES}`).waitFor()
    await expect.poll(() => isAtEnd(page)).toBe(true)
    // The panel has loaded its thumbnails, the conversation the pictures near the viewport.
    expect(pictures.size).toBeLessThan(40)
    const plain = await timeScroll(await plainPage(page))
    const { frames, ms } = await timeScroll(page)
    await context.annotate(`${frames} frames of ${ms.toFixed(1)} ms, of plain paragraphs ${plain.ms.toFixed(1)} ms`)
    expect(Math.min(frames, plain.frames)).toBeGreaterThan(100)
    expect(ms).toBeLessThan(plain.ms * MAX_RATIO)
    await expect.poll(() => isInView(turns(page).first().getByText('Request 1:'))).toBe(true)
    await page.getByRole('button', { name: 'Jump to the latest' }).click()
    await expect.poll(() => isAtEnd(page)).toBe(true)
    await ask(page, 'hello')
    await expect.poll(() => isAtEnd(page)).toBe(true)
  })
})

/** A page of plain paragraphs in a window of the same size, at its end. */
async function plainPage(like: Page): Promise<Page> {
  const page = await like.context().newPage()
  const text = '<p>Answer: it is a slope, and it rises from the left to the right, as a slope does.</p>'
  await page.setContent(`<main><div style="height: 90vh; overflow: auto">${text.repeat(PARAGRAPHS)}</div></main>`)
  await page.locator('main div').evaluate((box) => box.scrollTo({ top: 300 * 300 }))
  return page
}

/** Scrolls a page up to its beginning; how many frames that took, and how much of its main thread's processor time each. */
async function timeScroll(page: Page): Promise<{ frames: number; ms: number }> {
  await page.bringToFront()
  const working = await processorTime(page)
  const before = await working()
  const frames = await scrolled(page)
  return { frames, ms: ((await working()) - before) / frames }
}

/** Returns the processor time of the page's main thread so far, in milliseconds. */
async function processorTime(page: Page): Promise<() => Promise<number>> {
  const tools = await page.context().newCDPSession(page)
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await tools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
  }
}

/** Scrolls up to the beginning, a little each frame; returns the number of frames. */
function scrolled(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const box = [...document.querySelectorAll('main *')].find(
      (one) => one.clientHeight > 100 && one.scrollHeight > one.clientHeight * 5,
    )!
    let frames = 0
    while (box.scrollTop > 0) {
      box.scrollBy({ top: -300 })
      await new Promise((resolve) => requestAnimationFrame(resolve))
      frames++
    }
    return frames
  })
}

async function longSession(folder: string, owner: string): Promise<string> {
  const store = await openStore({ folder, limits: defaultLimits() })
  const session = await store.create({ idleMs: HOUR, retentionMs: HOUR }, { owner, title: 'A long one' })
  const told: Event[] = []
  for (let n = 1; n <= MESSAGES; n++) told.push(...(await oneTurn(session, n)))
  await session.append(told)
  const { id } = session
  await session.release()
  await store.close()
  return id
}

async function oneTurn(session: StoredSession, n: number): Promise<Event[]> {
  const file = n % 2 === 0 ? [await onePicture(session, n)] : []
  return [
    { type: 'ask', text: `Request ${n}: make a picture of a slope, and say what you think of it`, files: [] },
    {
      type: 'cell',
      cell: n,
      code: `const picture${n} = await slope(${n})\n`.repeat(8),
      purpose: `Slope ${n}`,
      seed: n,
      clock: 1e12 + n,
    },
    { type: 'print', cell: n, stream: 'stdout', text: `slope ${n}\n`.repeat(4) },
    ...file,
    { type: 'result', cell: n, status: 'ok', ms: 12, names: [`picture${n}`] },
    {
      type: 'message',
      text: `**Answer ${n}**\n\n- It is a slope.\n- \`It\` rises.\n\n| a | b |\n|---|---|\n| ${n} | 2 |`,
    },
    { type: 'end', status: 'ok' },
  ]
}

const SIZE = { width: 640, height: 480 }
const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const
/** Slow to make, so made once; no two pictures have the same brightness. */
const grain = sharp({ create: { ...SIZE, channels: 3, noise, background: 'white' } })
  .raw()
  .toBuffer()

async function onePicture(session: StoredSession, n: number): Promise<Event> {
  const brighter = sharp(await grain, { raw: { ...SIZE, channels: 3 } }).linear(1, n - MESSAGES / 2)
  const bytes = await brighter.jpeg().toBuffer()
  const name = `slope-${n}.jpg`
  const { hash } = await session.putFile(name, bytes)
  const card = { kind: 'picture', mime: 'image/jpeg', bytes: bytes.length, ...SIZE, frames: 1 } as const
  return { type: 'file', cell: n, name, mime: 'image/jpeg', bytes: bytes.length, ...SIZE, frames: 1, card, hash }
}
