// A contact sheet: easel run examples/sheet.ts examples/portrait.png
import { contrastStretch, grid, otsu, sobel } from 'easel'
import { readdirSync } from 'node:fs'
import { parse } from 'node:path'
import sharp from 'sharp'

for (const file of readdirSync('.').filter((name) => /\.(png|jpe?g|webp)$/i.test(name))) {
  const photo = sharp(file).autoOrient()
  const pictures = [photo, await sobel(photo), await otsu(photo), await contrastStretch(photo)]
  const sheet = await grid(pictures, { columns: 2, labels: ['Original', 'Sobel', 'Otsu', 'Stretched'] })
  await sheet.toFile(`${parse(file).name}-sheet.png`)
}
