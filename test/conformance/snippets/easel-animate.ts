// easel: animate at every quality, from names, pipelines and a generator
import { animate, turn, cycleChannels } from 'easel'
import sharp from 'sharp'
import { writeFile } from 'node:fs/promises'

const progress: number[] = []
for (const quality of ['fast', 'good', 'best'] as const) {
  const frames = []
  for (let i = 0; i < 4; i++) frames.push(await cycleChannels(await turn('photo.png', i * 90), i))
  await writeFile(`${quality}.gif`, await animate(frames, { delay: 60, quality, onProgress: (done) => progress.push(done) }))
}
await writeFile('names.gif', await animate(['photo.png', 'photo.jpg', 'see-through.png'], { delay: [100, 200, 300], loop: 2, background: 'navy' }))
async function* shrinking() {
  for (let size = 40; size > 20; size -= 5) yield sharp('photo.png').resize(size, 40, { fit: 'contain' })
}
await writeFile('generated.gif', await animate(shrinking()))
console.log(progress.length > 0, Math.max(...progress))
