// Uploads removed, overwritten, moved; names with spaces and Chinese
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'

rmSync('photo.png')
writeFileSync('photo.jpg', 'changed')
mkdirSync('empty')
mkdirSync('a/b', { recursive: true })
writeFileSync('a/b/文件 1.txt', 'x')
renameSync('a', 'c d')
renameSync('gray.png', './c d/b/灰 \'quoted\'.png')
console.log(readdirSync('.'), readdirSync('./c d/b/'))
