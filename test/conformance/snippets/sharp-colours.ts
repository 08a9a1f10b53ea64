// Colour: modulate, tint, negate, gamma, linear, recomb, sepia, bands
import sharp from 'sharp'

const photo = () => sharp('photo.png')
await photo().modulate({ brightness: 1.2, saturation: 0.4, hue: 90, lightness: 5 }).toFile('modulate.png')
await photo().tint({ r: 255, g: 180, b: 60 }).toFile('tint.png')
await photo().negate({ alpha: false }).toFile('negate.png')
await photo().gamma(2.2, 1.4).toFile('gamma.png')
await photo().linear([1.1, 0.9, 1], [0, 10, -10]).toFile('linear.png')
await photo().recomb([[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]).toFile('sepia.png')
await photo().toColourspace('lab').toFile('lab.tiff')
await photo().extractChannel('green').toFile('green.png')
await photo().bandbool('and').toFile('and.png')
const red = await photo().extractChannel(0).raw().toBuffer()
await photo().joinChannel(red, { raw: { width: 96, height: 64, channels: 1 } }).png().toFile('joined.png')
await sharp('see-through.png').removeAlpha().toFile('opaque.png')
await sharp('see-through.png').flatten({ background: '#f06' }).toFile('flat.png')
await sharp('see-through.png').unflatten().toFile('unflat.png')
await photo().ensureAlpha(0.5).toFile('half.png')
