// gifenc: one palette for all, see-through pixels, nearest colours
import gifenc from 'gifenc'
import { readFileSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'

const { GIFEncoder, quantize, applyPalette, prequantize, nearestColorIndex, nearestColorIndexWithDistance, snapColorsToPalette } = gifenc
const { data, info } = await sharp(readFileSync('see-through.png')).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
prequantize(data, { roundRGB: 8, oneBitAlpha: true })
const palette = quantize(data, 16, { format: 'rgba4444', oneBitAlpha: true, clearAlpha: true })
snapColorsToPalette(palette, [[255, 255, 255, 255], [0, 0, 0, 0]])
console.log(palette, nearestColorIndex(palette, [10, 20, 30, 255]), nearestColorIndexWithDistance(palette, [9, 9, 9, 255]))
const gif = GIFEncoder({ auto: false })
gif.writeHeader()
const index = applyPalette(data, palette, 'rgba4444')
gif.writeFrame(index, info.width, info.height, { palette, first: true, transparent: true, transparentIndex: palette.findIndex((c) => c[3] === 0), repeat: 2 })
gif.writeFrame(index.toReversed(), info.width, info.height, { delay: 120, dispose: 2 })
gif.finish()
writeFileSync('see.gif', gif.bytesView())
