import { chromium } from 'playwright-core'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
const base = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const variants: Record<string, string[]> = {
  base: [],
  spare: ['--disable-features=SpareRendererForSitePerProcess'],
  ingpu: ['--in-process-gpu'],
  both: ['--disable-features=SpareRendererForSitePerProcess', '--in-process-gpu'],
  siteiso: ['--disable-site-isolation-trials', '--renderer-process-limit=1'],
  jit: ['--js-flags=--no-opt'],
  raster: ['--num-raster-threads=1', '--disable-partial-raster'],
  reduced: [],
  zygote: ['--no-zygote'],
  codecache: [],
}
const server = spawn('node', ['src/launcher.js', 'serve', '--port', '0', '--data', '/tmp/zzd'], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: { ...process.env, OPENAI_API_KEY: '', EASEL_CONFIG: '' },
})
let said = ''
await new Promise<void>((r) =>
  server.stdout.on('data', (d) => {
    said += d
    if (said.includes('Ctrl-C ends it.')) r()
  }),
)
const url = /Easel is at (\S+)/.exec(said)![1]!
const kids = () => {
  const s = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ')
  return (Number(s[13]) + Number(s[14])) * 10
}
for (let k = 0; k < 2; k++)
  for (const [name, args] of Object.entries(variants)) {
    const before = kids()
    const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: [...base, ...args] })
    for (let j = 0; j < 3; j++) {
      const c = await b.newContext({
        viewport: { width: 1280, height: 800 },
        ...(name === 'reduced' ? { reducedMotion: 'reduce' as const } : {}),
      })
      const p = await c.newPage()
      await p.goto(url)
      await p.locator('input[type=file]').setInputFiles('examples/portrait.png')
      await p.getByRole('textbox', { name: 'Message', exact: true }).fill('make it gray')
      await p.getByRole('button', { name: 'Send', exact: true }).click()
      await p.getByRole('article').first().waitFor()
      await p.getByRole('button', { name: 'Send', exact: true }).waitFor()
      await p.locator('article[aria-busy=true]').waitFor({ state: 'detached' })
      await c.close()
    }
    await b.close()
    console.log(name, kids() - before)
  }
server.kill('SIGINT')
await new Promise((r) => server.on('close', r))
