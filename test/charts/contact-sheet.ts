// Draws the gallery on sheets to look at: `node test/charts/contact-sheet.ts FOLDER [light|dark] [density]`.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { registerFonts } from '../../sandbox/fonts/register.ts'
import { chart } from '../../sandbox/helpers/chart.ts'
import { GALLERY } from './gallery.ts'

const [folder = 'sheets', theme = 'light', density = '2'] = process.argv.slice(2)
const [COLUMNS, ROWS, WIDTH] = [2, 4, 900]

registerFonts()
mkdirSync(folder, { recursive: true })
for (let start = 0; start < GALLERY.length; start += COLUMNS * ROWS) {
  const tiles = []
  for (const [i, { name, config }] of GALLERY.slice(start, start + COLUMNS * ROWS).entries()) {
    const bytes = await chart(config as never, { theme: theme as 'light', density: Number(density) })
    const input = await sharp(bytes).resize(WIDTH, 540, { fit: 'contain', background: '#888' }).toBuffer()
    tiles.push({ input, left: (i % COLUMNS) * (WIDTH + 10), top: Math.floor(i / COLUMNS) * 550 })
    process.stdout.write(`${start + i + 1} ${name}\n`)
  }
  await sharp({ create: { width: COLUMNS * (WIDTH + 10), height: ROWS * 550, channels: 3, background: '#888' } })
    .composite(tiles)
    .png()
    .toFile(join(folder, `${theme}-${start / (COLUMNS * ROWS) + 1}.png`))
}
