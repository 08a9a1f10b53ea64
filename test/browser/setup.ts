// Runs before the page's tests: starts the one browser that they share, or reports that they are skipped without one.
import type { TestProject } from 'vitest/node'
import { browserPath, startBrowser } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The browser's debugging URL. */
    browser: string
  }
}

export default async function setup({ provide }: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (browserPath === undefined) {
    console.warn(
      '\n*** SKIPPED: every test of the page in a browser (test/browser). No Chromium is at /usr/bin/chromium: run "apt-get install chromium", or set EASEL_CHROMIUM to the path of one. ***\n',
    )
    return undefined
  }
  const browser = await startBrowser(browserPath)
  provide('browser', browser.wsEndpoint())
  return () => browser.close()
}
