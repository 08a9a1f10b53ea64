// A thrown error of the snippet's own class, after files were written
import { writeFileSync } from 'node:fs'

class TooSmall extends Error { override name = 'TooSmall' }
writeFileSync('kept.txt', 'stays')
await Promise.resolve()
throw new TooSmall('the picture has 0 pixels, 中文')
