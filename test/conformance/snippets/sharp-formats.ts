// Every output format with options
import sharp from 'sharp'

const photo = () => sharp('photo.png')
await photo().jpeg({ quality: 60, progressive: true, chromaSubsampling: '4:4:4' }).toFile('a.jpg')
await photo().jpeg({ mozjpeg: true }).toFile('moz.jpg')
await photo().png({ compressionLevel: 9, adaptiveFiltering: true }).toFile('b.png')
await photo().png({ palette: true, colours: 16, dither: 0.5 }).toFile('palette.png')
await photo().webp({ lossless: true }).toFile('c.webp')
await photo().webp({ nearLossless: true, quality: 40, smartSubsample: true, effort: 2 }).toFile('d.webp')
await photo().gif({ colours: 32, effort: 3 }).toFile('e.gif')
await photo().tiff({ compression: 'lzw', predictor: 'horizontal' }).toFile('f.tiff')
await photo().avif({ quality: 50, effort: 0 }).toFile('g.avif')
const { data, info } = await photo().toFormat('webp', { quality: 20 }).toBuffer({ resolveWithObject: true })
console.log(info, data.subarray(0, 4).toString('latin1'))
