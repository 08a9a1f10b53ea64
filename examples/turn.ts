// A GIF that turns once and lists its progress: easel run examples/turn.ts examples/portrait.png
import { animate, pixels, turn } from 'easel'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'

const FRAMES = 24

const picture = await pixels(sharp('portrait.png').resize(320))
const gif = await animate(
  Array.from({ length: FRAMES }, (_, frame) => turn(picture, (360 / FRAMES) * frame)),
  { delay: 60, background: 'white' },
)
await writeFile('turning.gif', gif)
