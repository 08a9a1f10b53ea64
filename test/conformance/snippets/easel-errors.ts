// easel: what it says of wrong arguments
import { label, stack, turn, animate, readTable, barRace, compressTo, grid, contrastStretch } from 'easel'

const tries: (() => Promise<unknown>)[] = [
  () => label('none.png', 'x'),
  () => label('photo.png', 5 as never),
  () => label('photo.png', 'x', { position: 'middle' as never }),
  () => label('photo.png', 'x', { color: 'nocolour' }),
  () => stack([]),
  () => stack(['photo.png'], { direction: 'up' as never }),
  () => grid(['photo.png'], { columns: 0 }),
  () => turn('photo.png', 'left' as never),
  () => animate([]),
  () => animate(['photo.png'], { delay: -1 }),
  () => readTable('none.csv'),
  () => readTable('photo.png'),
  () => barRace([{ a: 1 }], { time: 'year' }),
  () => compressTo('photo.png', 0),
  () => contrastStretch('photo.png', { low: 90, high: 10 }),
]
for (const attempt of tries) await attempt().then(() => console.log('fine'), (error) => console.log(`${error.name}: ${error.message}`))
await stack('photo.png' as never)
