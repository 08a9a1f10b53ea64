// The page on a phone, and with only a keyboard.
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { portrait } from '../cli/program.ts'
import { inBrowser } from './chromium.ts'
import { bring, finished, isAtEnd, turns } from './user.ts'
import { openScene } from './scene.ts'

const PHONE = { size: { width: 360, height: 740 }, more: { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } }

inBrowser('the page', () => {
  const scene = openScene()

  it('fits a phone: it sends by touch, panels open and close, nothing scrolls sideways', async () => {
    const page = await scene.open(PHONE)
    await expectNoSideways(page)
    await bring(page, portrait)
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('make this grayscale and stack it')
    await page.getByRole('button', { name: 'Send', exact: true }).tap()
    await turns(page).first().waitFor()
    await finished(page)
    await page.getByRole('figure').getByRole('img').waitFor()
    await expect.poll(() => isAtEnd(page)).toBe(true)
    await expectNoSideways(page)
    const panels = [
      [/^Show files/, page.getByRole('complementary', { name: 'Files' }), 'Hide files'],
      ['Show conversations', page.getByRole('navigation', { name: 'Conversations' }), 'Hide conversations'],
    ] as const
    for (const [show, panel, hide] of panels) {
      await page.getByRole('button', { name: show }).tap()
      await panel.waitFor()
      await expectNoSideways(page)
      await panel.getByRole('button', { name: hide }).tap()
      await panel.waitFor({ state: 'detached' })
    }
    // A tap beside an open panel closes it.
    await page.getByRole('button', { name: 'Show conversations' }).tap()
    await page.touchscreen.tap(350, 500)
    await panels[1][1].waitFor({ state: 'detached' })
    await page
      .getByRole('button', { name: /in full size$/ })
      .last()
      .tap()
    await page.getByRole('dialog').waitFor()
    await expectNoSideways(page)
    await page.getByRole('button', { name: 'Close' }).tap()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  it('needs no pointer: from the empty page to the full-size view and back', async () => {
    const page = await scene.open()
    // The field has the focus initially; the examples come before it.
    await expect.poll(() => focused(page)).toMatchObject({ name: 'Message' })
    await tabTo(page, /^Before and after, stacked/, 'Shift+Tab')
    await page.keyboard.press('Enter')
    await turns(page).first().waitFor()
    await finished(page)
    await page.getByRole('figure').getByRole('img').waitFor()
    await tabTo(page, 'Message')
    await page.keyboard.type('rotate it 90 degrees')
    await page.keyboard.press('Enter')
    await turns(page).nth(1).waitFor()
    await finished(page)
    await tabTo(page, /^Open .* in full size$/, 'Shift+Tab')
    const opener = await focused(page)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    for (let n = 0; n < 12; n++) {
      await page.keyboard.press('Tab')
      expect(
        await dialog.evaluate(
          (box) => box.contains(document.activeElement) || document.activeElement === document.body,
        ),
      ).toBe(true)
    }
    await tabTo(page, 'Compare')
    await page.keyboard.press('Space')
    await dialog.getByText('Before', { exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).toEqual(opener)
  })

  it('skips to the message field, and stops a turn by Escape', async () => {
    const page = await scene.open()
    await tabTo(page, 'Skip to the message field', 'Shift+Tab')
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toMatchObject({ name: 'Message' })
    await bring(page, portrait)
    await page.keyboard.type('Make a GIF that turns the picture a full circle in 30 frames of 12 degrees')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor()
    await page.keyboard.press('Escape')
    await finished(page)
    await turns(page).getByText('Stopped').first().waitFor()
  })
})

async function expectNoSideways(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('html, body, .talk, main, aside, nav, dialog')]
    return all
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .map((one) => one.outerHTML.slice(0, 80))
  })
  expect(wide).toEqual([])
}

interface Focused {
  readonly name: string
  readonly isSeen: boolean
}

/** The accessible name of the focused element, and whether its focus is visible. */
function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement
    if (element === document.body) return { name: '', isSeen: false }
    const within = element.closest('form') ?? element
    const isSeen = [element, within].some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none'
    })
    return { name: (element.getAttribute('aria-label') ?? element.innerText ?? '').trim(), isSeen }
  })
}

/** Presses a key until the element with this name has the focus, which must be visible at every step. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  const passed: string[] = []
  for (let n = 0; n < 80; n++) {
    await page.keyboard.press(key)
    const at = await focused(page)
    if (at.name !== '') expect(at).toEqual({ ...at, isSeen: true })
    if (typeof name === 'string' ? at.name === name : name.test(at.name)) return
    passed.push(at.name)
  }
  throw new Error(`no way by ${key} to ${String(name)}: ${passed.join(', ')}`)
}
