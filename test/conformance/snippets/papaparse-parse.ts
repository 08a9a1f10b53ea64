// papaparse: headers, types, quotes, delimiters, errors, steps
import Papa from 'papaparse'
import { readFileSync } from 'node:fs'

console.log(Papa.parse(readFileSync('sales.csv', 'utf8'), { header: true, dynamicTyping: true, skipEmptyLines: true }))
console.log(Papa.parse(readFileSync('regions.csv', 'utf8'), { header: true }).meta, Papa.parse(readFileSync('regions.csv', 'utf8')).data[3])
console.log(Papa.parse('a;b\n1;2', { delimitersToGuess: [';', ','] }), Papa.parse('x\ty\n"q ""in"" q"\t2').data)
console.log(Papa.parse('a,b\n1\n1,2,3\n"open', { header: true }).errors)
const rows: unknown[] = []
Papa.parse('a,b\n1,2\n3,4\n5,6', { header: true, step: ({ data }, parser) => { rows.push(data); if (rows.length === 2) parser.abort() }, complete: ({ meta }) => console.log(meta.aborted) })
console.log(rows, Papa.parse('#c\na', { comments: '#' }).data, Papa.parse('A, B ', { transform: (v) => v.trim().toLowerCase() }).data)
console.log(Papa.parse('', {}).errors, Papa.BAD_DELIMITERS, Papa.parse('when\n2026-01-02T03:04:05Z', { header: true, dynamicTyping: true }).data)
