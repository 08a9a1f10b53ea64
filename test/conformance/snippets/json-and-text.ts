// JSON, strings, regular expressions and dates written as people do
import { writeFileSync, readFileSync } from 'node:fs'

const people = JSON.parse(readFileSync('people.json', 'utf8'))
writeFileSync('pretty.json', JSON.stringify(people, null, 2))
writeFileSync('tabs.json', JSON.stringify({ 中: 'é\u2028', list: [1, [2]], date: new Date(0), nan: NaN, big: { toJSON: () => 'j' } }, (key, value) => (key === 'nan' ? 'none' : value), '\t'))
console.log(people, people.map(({ name, age = 'n/a' }) => `${name.padEnd(6, '.')}|${String(age).padStart(4)}`))
console.log('2026-11-21'.split('-').map(Number), 'Ünïcödé'.normalize('NFD').replace(/\p{M}/gu, ''), 'camelCaseText'.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), /\p{Script=Han}+/u.exec('abc 汉字 def')?.[0])
console.log('b,a;c'.split(/[,;]/).sort(), 'aXbX'.split('X', 1), ' x '.trim() + '|', 'abc'.localeCompare('abd'), 'ß'.toUpperCase(), [10, 9, 1].sort(), [10, 9, 1].sort((a, b) => a - b), encodeURIComponent('中 &'), escape?.('ü'))
console.log(Date.parse('2026-11-21T10:00:00+08:00'), new Date('2026-11-21').getDay(), new Date(2026, 1, 29).toDateString(), new Date('nonsense').getTime(), new Date(0).toJSON())
