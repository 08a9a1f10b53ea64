// Before the tests of the page: starts the one browser that all of them share, or says that they are skipped where none is.
import type { TestProject } from 'vitest/node'
import { browserPath, startBrowser } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the browser is reached. */
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
