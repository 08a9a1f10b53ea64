// The browser that the page is tested in: Debian's Chromium, or another one that is named.
import { accessSync, constants } from 'node:fs'
import { chromium, type Browser, type BrowserServer } from 'playwright-core'
import { describe, inject } from 'vitest'

const PLACES = [process.env['EASEL_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser']

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where a browser is; undefined: nowhere. */
export const browserPath = PLACES.find(isProgram)

/** A `describe` whose tests are skipped where no browser is. */
// oxlint-disable-next-line vitest/valid-title, vitest/valid-describe-callback
export const inBrowser = describe.skipIf(browserPath === undefined)

/** Starts it with a profile of its own, which ends with it. */
export function startBrowser(executablePath: string): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath, args: FLAGS })
}

/** The browser that `setup.ts` started, as this file's own: what is opened by it ends with the connection. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(inject('browser'))
}

function isProgram(path: string): boolean {
  if (path === '') return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
