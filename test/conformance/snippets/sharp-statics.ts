// What hangs on sharp itself: versions, formats, constants, counters
import sharp from 'sharp'

console.log(sharp.kernel, sharp.fit, sharp.strategy, sharp.interpolators, sharp.bool)
console.log(sharp.versions.vips, sharp.versions.sharp, Object.keys(sharp.format).length > 5)
console.log(typeof sharp.cache, typeof sharp.concurrency, sharp.queue !== undefined)
const pipeline = sharp('photo.png')
console.log(pipeline instanceof sharp, typeof pipeline.pipe)
