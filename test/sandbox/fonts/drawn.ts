// Draws a word in every shipped family on a canvas, in an SVG and as sharp's text, and prints the pictures as JSON.
// A separate process, because fontconfig reads its file once: `node test/sandbox/fonts/drawn.ts <folder of
// fonts.conf>`.
import { writeFontConfig } from '../../../sandbox/fonts/fontconfig.ts'
import { FONT_FAMILIES } from '../../../sandbox/fonts/families.ts'
import { registerFonts } from '../../../sandbox/fonts/register.ts'

process.env['FONTCONFIG_FILE'] = writeFontConfig(String(process.argv[2]))
registerFonts()
const { createCanvas } = await import('@napi-rs/canvas')
const { default: sharp } = await import('sharp')

/** The darkness of each pixel, cropped to the drawing and scaled to 64x24, as hexadecimal digits. */
async function shapeOf(picture: Buffer): Promise<string> {
  const trimmed = await sharp(picture).flatten({ background: '#fff' }).greyscale().trim().toBuffer()
  const grey = await sharp(trimmed).resize(64, 24, { fit: 'fill' }).greyscale().raw().toBuffer()
  return Array.from(grey, (value) => (15 - (value >> 4)).toString(16)).join('')
}

const [WIDTH, HEIGHT, WORD] = [420, 90, 'Rag0国']

function canvas(font: string, text = WORD): Buffer {
  const made = createCanvas(WIDTH, HEIGHT)
  const context = made.getContext('2d')
  context.font = font
  context.fillText(text, 10, 65)
  return made.toBuffer('image/png')
}

function svg(attributes: string, text = WORD): Promise<Buffer> {
  const whole = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><text x="10" y="65" font-size="50" ${attributes}>${text}</text></svg>`
  return sharp(Buffer.from(whole)).png().toBuffer()
}

const families: Record<string, object> = {}
for (const { name } of FONT_FAMILIES.slice(0, -1)) {
  const text = sharp({ text: { text: WORD, font: `${name} 50`, rgba: true } })
  families[name] = {
    canvas: await shapeOf(canvas(`50px "${name}"`)),
    svg: await shapeOf(await svg(`font-family="${name}"`)),
    text: await shapeOf(await text.png().toBuffer()),
  }
}

const styles: Record<string, object> = {}
for (const [name, attributes] of Object.entries({
  normal: '',
  bold: 'font-weight="bold"',
  italic: 'font-style="italic"',
  'italic bold': 'font-style="italic" font-weight="bold"',
})) {
  styles[name] = {
    canvas: await shapeOf(canvas(`${name} 50px Georgia`)),
    svg: await shapeOf(await svg(`font-family="Georgia" ${attributes}`)),
  }
}

const same: Record<string, string> = {
  none: (await svg('')).toString('base64'),
  nowhere: (await svg('font-family="Nowhere"')).toString('base64'),
  arial: (await svg('font-family="arial"')).toString('base64'),
  georgia: (await svg('font-family="Georgia"')).toString('base64'),
  list: (await svg(`font-family="Nowhere, 'Times New Roman', Arial"`)).toString('base64'),
  chinese: (await svg('', '国')).toString('base64'),
  polish: (await svg('', 'Ł')).toString('base64'),
  box: (await svg('', '\u{10FFFF}')).toString('base64'),
}
const emoji = await sharp({ text: { text: '😀', font: 'Arial 40', rgba: true } }).stats()
const coloured = Math.abs(emoji.channels[0]!.mean - emoji.channels[2]!.mean) > 30

console.log(JSON.stringify({ families, styles, same, coloured }))
