// easel: Sobel, Otsu, stretch, turn, channels, histogram
import { sobel, otsu, otsuThreshold, contrastStretch, turn, cycleChannels, histogram, pixels } from 'easel'

await (await sobel('photo.png')).toFile('sobel.png')
await (await otsu('photo.png')).toFile('otsu.png')
await (await contrastStretch('photo.png', { low: 5, high: 95 })).toFile('stretch.png')
await (await turn('photo.png', 30, { background: '#abc' })).toFile('turn.png')
await (await turn('see-through.png', -45)).toFile('turn-see.png')
await (await cycleChannels('photo.jpg', 2)).toFile('cycled.png')
console.log(await otsuThreshold('gray.png'), (await histogram('photo.png')).luminance.slice(0, 20))
const { data, info } = await pixels('photo.jpg')
console.log(info, data.length, data.subarray(0, 6))
