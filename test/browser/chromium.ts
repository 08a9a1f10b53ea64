// The browser for the page's tests: Debian's Chromium, or another one that is named.
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

/** The path of a browser; undefined if there is none. */
export const browserPath = PLACES.find(isProgram)

/** A `describe` whose tests are skipped without a browser. */
// oxlint-disable-next-line vitest/valid-title, vitest/valid-describe-callback
export const inBrowser = describe.skipIf(browserPath === undefined)

/** Starts it with a profile of its own, which is removed at the end. */
export function startBrowser(executablePath: string): Promise<BrowserServer> {
  return chromium.launchServer({ executablePath, args: FLAGS })
}

/** A connection of this file's own to the browser that `setup.ts` started; closing it closes what it opened. */
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
