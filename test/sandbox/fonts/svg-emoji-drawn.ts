// Draws lines with one emoji on a canvas and as SVG, and prints the bounding box of the orange pixels of each as JSON.
// A separate process, because fontconfig reads its file once: `node test/sandbox/fonts/svg-emoji-drawn.ts <folder of
// fonts.conf>`.
import { writeFontConfig } from '../../../sandbox/fonts/fontconfig.ts'
import { registerFonts } from '../../../sandbox/fonts/register.ts'
import { drawEmojiIn } from '../../../sandbox/svg/emoji.ts'

process.env['FONTCONFIG_FILE'] = writeFontConfig(String(process.argv[2]))
registerFonts()
const { createCanvas } = await import('@napi-rs/canvas')
const { default: sharp } = await import('sharp')
drawEmojiIn(sharp)

const [WIDTH, HEIGHT] = [500, 100]

/** Left, top, right and bottom of the coloured pixels. */
async function boxOf(picture: Buffer): Promise<number[]> {
  const { data } = await sharp(picture).flatten({ background: '#fff' }).raw().toBuffer({ resolveWithObject: true })
  const box = [WIDTH, HEIGHT, 0, 0]
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    if (data[at * 3]! - data[at * 3 + 2]! < 60) continue
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)]
    box.splice(0, 4, Math.min(box[0]!, x), Math.min(box[1]!, y), Math.max(box[2]!, x), Math.max(box[3]!, y))
  }
  return box
}

const drawn: Record<string, object> = {}
for (const family of ['Arial', 'Georgia', 'Courier New', 'Impact', 'Comic Sans MS']) {
  for (const anchor of ['start', 'center'] as const) {
    const canvas = createCanvas(WIDTH, HEIGHT)
    const context = canvas.getContext('2d')
    context.font = `bold 40px ${family}`
    context.textAlign = anchor
    const x = anchor === 'start' ? 10 : 250
    context.fillText('Wide 国 words 🍊 end', x, 60)
    const inner = `<text x="${x}" y="60" font-family="${family}" font-weight="bold" font-size="40" text-anchor="${anchor.replace('center', 'middle')}">Wide 国 words 🍊 end</text>`
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">${inner}</svg>`
    drawn[`${family}, ${anchor}`] = {
      svg: await boxOf(await sharp(Buffer.from(svg)).png().toBuffer()),
      canvas: await boxOf(canvas.toBuffer('image/png')),
    }
  }
}
console.log(JSON.stringify(drawn))
