// Statistics of a picture
import sharp from 'sharp'

console.log(await sharp('photo.png').stats())
console.log((await sharp('see-through.png').stats()).isOpaque)
const { dominant, entropy, sharpness } = await sharp('photo.jpg').stats()
console.log(dominant, entropy, sharpness)
