// Says once, before the tests of the page, that they are skipped where no browser is.
import { browserPath } from './chromium.ts'

export default function notice(): void {
  if (browserPath !== undefined) return
  console.warn(
    '\n*** SKIPPED: every test of the page in a browser (test/browser). No Chromium is at /usr/bin/chromium: run "apt-get install chromium", or set EASEL_CHROMIUM to the path of one. ***\n',
  )
}
