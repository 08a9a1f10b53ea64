// An error of fs that nobody catches
import { readFileSync } from 'node:fs'

console.log('before')
const text = readFileSync('报告.csv', 'utf8')
console.log(text)
