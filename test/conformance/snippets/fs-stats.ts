// stat, access, exists, realpath, truncate
import { statSync, lstatSync, accessSync, constants, existsSync, truncateSync, writeFileSync, readFileSync, mkdirSync } from 'node:fs'
import { stat, access, lstat } from 'node:fs/promises'

writeFileSync('a.txt', '1234567890')
mkdirSync('folder')
const facts = statSync('a.txt')
console.log(facts.size, facts.isFile(), facts.isDirectory(), facts.isSymbolicLink(), facts.mtime instanceof Date, typeof facts.mtimeMs, facts.isFIFO(), facts.isSocket(), facts.isBlockDevice(), facts.isCharacterDevice())
console.log((await stat('folder')).isDirectory(), lstatSync('photo.png').size, (await lstat('.')).isDirectory(), statSync('none', { throwIfNoEntry: false }))
console.log(accessSync('a.txt'), await access('a.txt', constants.R_OK | constants.W_OK), existsSync('none'), existsSync('.'), existsSync('./folder/../a.txt'), existsSync('a.txt/'))
truncateSync('a.txt', 4)
console.log(readFileSync('a.txt', 'utf8'), typeof facts.mode, facts.constructor.name, 'ino' in facts, 'uid' in facts, typeof facts.nlink)
truncateSync('a.txt')
console.log(statSync('a.txt').size, typeof (statSync('photo.png', { bigint: true }).size))
