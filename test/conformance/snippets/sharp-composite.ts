// Composite with every blend mode, tiles, gravity and raw overlays
import sharp, { type Blend } from 'sharp'

const blends: Blend[] = ['over', 'multiply', 'screen', 'overlay', 'darken', 'lighten', 'difference', 'exclusion', 'soft-light', 'xor', 'dest-out']
for (const blend of blends) {
  await sharp('photo.png').composite([{ input: 'see-through.png', blend, gravity: 'southeast' }]).png().toFile(`${blend}.png`)
}
const dot = Buffer.from([255, 0, 0, 255])
await sharp('photo.png').composite([{ input: dot, raw: { width: 1, height: 1, channels: 4 }, top: 5, left: 7 }, { input: 'badge.svg', tile: true, blend: 'soft-light' }]).toFile('tiles.png')
await sharp('photo.png').composite([{ input: { create: { width: 20, height: 20, channels: 4, background: { r: 0, g: 0, b: 255, alpha: 0.4 } } }, gravity: 'centre' }, { input: { text: { text: '春 <b>day</b>', rgba: true, dpi: 100 } }, top: 1, left: 1 }]).png().toFile('made.png')
