// Folders: make, list, remove, rename, copy
import { mkdirSync, readdirSync, rmSync, renameSync, copyFileSync, writeFileSync, existsSync, rmdirSync, unlinkSync, cpSync } from 'node:fs'
import { mkdir, readdir, rm, rename, copyFile, cp } from 'node:fs/promises'

mkdirSync('one')
console.log(mkdirSync('deep/er/est', { recursive: true }) !== undefined, mkdirSync('deep', { recursive: true }))
await mkdir('two/three', { recursive: true })
writeFileSync('one/a.txt', 'a')
writeFileSync('deep/er/b.txt', 'b')
copyFileSync('one/a.txt', 'two/c.txt')
await copyFile('one/a.txt', 'two/three/d.txt')
renameSync('one/a.txt', 'one/renamed.txt')
await rename('two', 'moved')
console.log(readdirSync('.').sort(), readdirSync('moved'), await readdir('.', { recursive: true }).then((names) => names.sort()))
console.log(readdirSync('moved', { withFileTypes: true }).map((entry) => [entry.name, entry.isFile(), entry.isDirectory()]))
cpSync('moved', 'copied', { recursive: true })
await cp('one/renamed.txt', 'copied/again.txt')
rmdirSync('deep/er/est')
rmSync('deep', { recursive: true })
unlinkSync('one/renamed.txt')
await rm('nothing', { force: true })
console.log(existsSync('deep'), existsSync('one'), existsSync('one/renamed.txt'), readdirSync('copied', { recursive: true }).sort())
