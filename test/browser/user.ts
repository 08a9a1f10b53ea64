// A user's actions on the page, located by what is visible.
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { en } from '../../src/web/i18n/en.ts'
import { newFolder } from '../cli/program.ts'

type Words = typeof en
export type UploadOutcome = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }

/** Uploads files with the file picker: paths, or bytes with a name. */
export async function bring(page: Page, ...files: readonly UploadOutcome[]): Promise<void> {
  const given = files.map((file) =>
    typeof file === 'string' ? { name: basename(file), mimeType: '', buffer: readFileSync(file) } : file,
  )
  await page.locator('input[type=file]').setInputFiles(given)
}

/** Writes and sends a message; resolves when it is shown in the conversation. */
export async function say(page: Page, text: string, words: Words = en): Promise<void> {
  const before = await turns(page).count()
  await page.getByRole('textbox', { name: words.message, exact: true }).fill(text)
  await page.getByRole('button', { name: words.send, exact: true }).click()
  await turns(page).nth(before).waitFor()
}

/** Waits until no turn is running. */
export async function finished(page: Page, words: Words = en): Promise<void> {
  await page.getByRole('button', { name: words.send, exact: true }).waitFor()
  await page.locator('article[aria-busy=true]').waitFor({ state: 'detached' })
}

/** Sends a message and waits for the end of its turn. */
export async function ask(page: Page, text: string, words: Words = en): Promise<Locator> {
  await say(page, text, words)
  await finished(page, words)
  return turns(page).last()
}

export const turns = (page: Page): Locator => page.getByRole('article')

export interface Download {
  readonly name: string
  readonly path: string
}

/** Clicks a download link and waits for its bytes. */
export async function download(page: Page, link: Locator): Promise<Download> {
  const [started] = await Promise.all([page.waitForEvent('download'), link.click()])
  const path = join(newFolder(), 'download')
  await started.saveAs(path)
  return { name: started.suggestedFilename(), path }
}

/** The links below the files that a turn made. */
export const downloadsIn = (turn: Locator): Locator => turn.getByRole('figure').getByRole('link')

/** Whether its centre is visible and not covered. */
export function isInView(what: Locator): Promise<boolean> {
  return what.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  })
}

/** Whether the end of the conversation is visible. */
export function isAtEnd(page: Page): Promise<boolean> {
  return page
    .getByRole('main')
    .locator('.talk')
    .evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop < 3)
}
