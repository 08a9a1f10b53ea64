// easel: labels with Chinese, stacks and grids
import { label, stack, grid } from 'easel'
import sharp from 'sharp'

await (await label('photo.png', '原图 original', { position: 'bottom-right', size: 12, color: 'yellow', bold: true })).toFile('labelled.png')
await (await label('see-through.png', 'two\nlines', { background: 'rgba(0, 0, 80, 0.5)', margin: 0, padding: 2 })).toFile('see.png')
await (await stack(['photo.png', 'gray.png', 'see-through.png'], { labels: ['甲', 'b', null], gap: 4, background: '#eee' })).toFile('down.png')
await (await stack(['photo.png', sharp('photo.png').grayscale()], { direction: 'right', align: 'center' })).toFile('right.png')
await (await grid(['photo.png', 'photo.jpg', 'deep.png', 'print.jpg', 'turning.gif'], { columns: 3, labels: ['原图', 'JPEG', '16 bit', 'CMYK', 'GIF'], cell: { width: 90, height: 60 } })).png().toFile('grid.png')
