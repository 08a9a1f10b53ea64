// A session that is reset after idle time: announced beforehand, restored with one click, and continued.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { portrait, product } from '../cli/program.ts'
import { inBrowser } from './chromium.ts'
import { ask, bring } from './user.ts'
import { openScene } from './scene.ts'

inBrowser('a session that nobody uses', () => {
  const scene = openScene({ args: ['--idle', '8s'] })

  it('counts down, rests, comes back by one click, and goes on where it was', async () => {
    const page = await scene.open()
    await bring(page, portrait)
    await ask(page, 'make it gray')
    const timer = page.getByRole('timer')
    await timer.waitFor()
    await expect.poll(() => timer.innerText()).toMatch(/^This conversation goes to sleep in 0:0\d\./)
    const restore = page.getByRole('button', { name: 'Restore now' })
    await page.getByText(/^Asleep\. Files are kept until /).waitFor()
    await restore.click()
    await page.getByRole('button', { name: 'Keep it awake' }).waitFor()
    const turn = await ask(page, 'rotate it 90 degrees')
    await expect.poll(() => turn.getByRole('figure').count()).toBe(1)
    expect(await page.getByRole('alert').count()).toBe(0)
  })
})

inBrowser('a session that will rest before long', () => {
  const scene = openScene({ args: ['--idle', '25m'] })

  it('is kept awake by a click on the countdown', async () => {
    const page = await scene.open()
    await bring(page, portrait)
    await ask(page, 'make it gray')
    const timer = page.getByRole('timer')
    expect(await timer.count()).toBe(0)
    await page.clock.setSystemTime(Date.now() + 21 * 60_000)
    const left = async (): Promise<number> => {
      const [, minutes, seconds] = /goes to sleep in (\d+):(\d\d)\./.exec(await timer.innerText()) ?? []
      return 60 * Number(minutes) + Number(seconds)
    }
    const before = await left()
    expect(before).toBeGreaterThan(0)
    expect(before).toBeLessThanOrEqual(240)
    await expect.poll(left).toBeLessThan(before - 1)
    // From here on the page's clock is stopped: only the server can postpone the reset.
    await page.clock.setFixedTime(await page.evaluate(() => Date.now()))
    const low = await left()
    await page.getByRole('button', { name: 'Keep it awake' }).click()
    await expect.poll(left).toBeGreaterThan(low)
  })
})

inBrowser('a session whose files are no longer kept', () => {
  const scene = openScene({
    program: join(product, 'test/http/quick-server.ts'),
    args: ['--idle', '30m', '--retention', '1h'],
  })

  it('says that it has expired and what went with it, and a click begins another', async () => {
    scene.allow(/410/)
    const page = await scene.open()
    await bring(page, portrait)
    await ask(page, 'make it gray')
    scene.signal('SIGUSR2')
    const screen = page.getByRole('alert').filter({ hasText: 'This conversation has expired' })
    await screen.waitFor()
    await expect.poll(() => screen.innerText()).toMatch(/Deleted with it: portrait\.png, portrait-gray\.png$/m)
    expect(await page.getByRole('link', { name: /portrait/ }).count()).toBe(0)
    await screen.getByRole('button', { name: 'New conversation' }).click()
    await bring(page, portrait)
    await ask(page, 'make it gray')
  })
})
