// Shared by the page's tests: the real program, one browser, and pages that must not log errors or contact other hosts.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { newFolder, startEasel, type Started } from '../cli/program.ts'
import { connectBrowser } from './chromium.ts'

// A step that takes longer has failed, and its test says which one.
const STEP_MS = 120_000
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

export interface SceneOptions {
  readonly args?: readonly string[]
  readonly env?: () => Readonly<Record<string, string>>
  /** Another program than `easel` that serves like it. */
  readonly program?: string
}

export interface Look {
  readonly language?: 'en' | 'zh-CN'
  readonly theme?: 'light' | 'dark'
  readonly size?: { readonly width: number; readonly height: number }
  /** More of the browser's options. */
  readonly more?: BrowserContextOptions
}

export interface Scene {
  readonly url: string
  readonly data: string
  /** A page of a fresh browser profile; its cookies end with the test. */
  open(look?: Look): Promise<Page>
  /** Another tab beside a page. */
  beside(page: Page): Promise<Page>
  /** Sends the program a signal. */
  signal(name: NodeJS.Signals): void
  /** Allows this browser error in this test, such as a refused request. */
  allow(complaint: RegExp): void
}

/** Starts program and browser before the tests of a file; after each test, checks for errors of its pages. */
export function openScene({ args = [], env, program }: SceneOptions = {}): Scene {
  const contexts: BrowserContext[] = []
  const allowed: RegExp[] = []
  let complaints: string[] = []
  let browser: Browser | undefined
  let started: Started | undefined
  const scene = {
    url: '',
    data: newFolder(),
    async open({ language = 'en', theme = 'light', size, more }: Look = {}) {
      const viewport = size ?? { width: 1280, height: 800 }
      const context = await browser!.newContext({ locale: language, colorScheme: theme, viewport, ...more })
      contexts.push(context)
      context.setDefaultTimeout(STEP_MS)
      context.on('page', (page) => watch(page, scene.url, (complaint) => complaints.push(complaint)))
      const page = await context.newPage()
      await page.goto(scene.url)
      return page
    },
    async beside(page: Page) {
      const other = await page.context().newPage()
      await other.goto(page.url())
      return other
    },
    signal: (name: NodeJS.Signals) => void started?.process.kill(name),
    allow: (complaint: RegExp) => void allowed.push(complaint),
  }
  beforeAll(async () => {
    const command = ['serve', '--port', '0', '--data', scene.data, ...args]
    started = startEasel(command, {
      ...(env && { env: env() }),
      ...(program && { program: [process.execPath, program] }),
    })
    const [url, connected] = await Promise.all([urlOf(started), connectBrowser()])
    scene.url = url
    browser = connected
  })
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close()
    const serious = complaints.filter((complaint) => !allowed.some((one) => one.test(complaint)))
    complaints = []
    allowed.length = 0
    expect(serious).toEqual([])
  })
  afterAll(async () => {
    await browser?.close()
    started?.process.kill('SIGINT')
    await started?.ended
  })
  return scene
}

async function urlOf(program: Started): Promise<string> {
  let said = ''
  program.process.stdout?.on('data', (part: Buffer) => (said += part.toString()))
  await program.saw('Ctrl-C ends it.')
  return /Easel is at (\S+)/.exec(said)?.[1] ?? ''
}

/** Errors, CSP violations, dialogs and requests to other hosts: none is allowed. */
function watch(page: Page, origin: string, complain: (complaint: string) => void): void {
  page.on('pageerror', ({ message }) => complain(`error: ${message}`))
  page.on('console', (line) => {
    // A thumbnail that the server had no time to make is requested again.
    if (line.text().includes('status of 503') && line.location().url.includes('/thumbnail')) return
    if (line.type() === 'error' || line.type() === 'warning') complain(`${line.type()}: ${line.text()}`)
  })
  page.on('dialog', (dialog) => {
    complain(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(blob|data):/.test(url) && new URL(url).origin !== origin) complain(`request: ${url}`)
  })
}
