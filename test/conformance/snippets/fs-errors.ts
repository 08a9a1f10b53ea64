// The errors of node:fs: code, syscall, path, message
import fs, { readFileSync, mkdirSync, rmSync, statSync, readdirSync, writeFileSync, rmdirSync, copyFileSync, renameSync, accessSync, unlinkSync, appendFileSync } from 'node:fs'
import { readFile, writeFile, stat, access, rm } from 'node:fs/promises'

mkdirSync('folder')
writeFileSync('folder/file.txt', 'x')
const tries: (() => unknown)[] = [
  () => readFileSync('none.txt'),
  () => readFileSync('folder'),
  () => readFileSync('photo.png/inner'),
  () => mkdirSync('folder'),
  () => mkdirSync('no/such/parent'),
  () => mkdirSync('photo.png', { recursive: true }),
  () => readdirSync('none'),
  () => readdirSync('photo.png'),
  () => statSync('none'),
  () => writeFileSync('none/a.txt', ''),
  () => writeFileSync('folder', 'x'),
  () => writeFileSync('photo.png', 'x', { flag: 'wx' }),
  () => rmdirSync('folder'),
  () => rmdirSync('photo.png'),
  () => rmSync('folder'),
  () => rmSync('none'),
  () => unlinkSync('folder/none'),
  () => copyFileSync('none', 'x'),
  () => copyFileSync('photo.png', 'gray.png', fs.constants.COPYFILE_EXCL),
  () => renameSync('none', 'other'),
  () => accessSync('none'),
  () => readFileSync(5.5 as never),
  () => readFileSync(undefined),
  () => readFileSync('photo.png', 'klingon' as never),
  () => writeFileSync('a.txt', 5 as never),
  () => writeFileSync('a.txt', { a: 1 } as never),
  () => writeFileSync('a.txt', undefined),
  () => appendFileSync('a\0b', 'x'),
  () => readFile('none.txt'),
  () => writeFile('none/x', 'x'),
  () => stat('none'),
  () => access('none'),
  () => rm('none'),
  () => readFile('folder'),
  () => fs.readFile('a.txt', 'utf8', undefined),
]
for (const attempt of tries) {
  try {
    console.log(await attempt())
  } catch (error) {
    console.log(`${error.name} ${error.code} ${error.errno} ${error.syscall} ${error.path} ${error.dest}: ${error.message}`)
  }
}
