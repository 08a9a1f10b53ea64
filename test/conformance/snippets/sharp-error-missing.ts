// A missing file: sharp's own error
import sharp from 'sharp'

try {
  await sharp('nowhere.png').toBuffer()
} catch (error) {
  console.log(error.message, error instanceof Error, error.name)
}
await sharp('nowhere.png').metadata()
