// easel: a GIF taken apart and made smaller, a picture compressed to a size
import { frames, shrinkGif, compressTo } from 'easel'
import { writeFileSync } from 'node:fs'

const { delays, loop, width, height, frames: all } = await frames('turning.gif')
console.log(delays, loop, width, height, all.length, all[1].info)
writeFileSync('half.gif', await shrinkGif('turning.gif', { scale: 0.5, every: 2 }))
writeFileSync('small.jpg', await compressTo('photo.png', 1500))
writeFileSync('small.webp', await compressTo('photo.png', 900, { format: 'webp' }))
writeFileSync('small.png', await compressTo('photo.png', 2500, { format: 'png' }))
