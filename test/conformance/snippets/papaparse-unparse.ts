// papaparse: writing tables
import Papa from 'papaparse'
import { writeFileSync } from 'node:fs'

writeFileSync('a.csv', Papa.unparse([{ name: 'Ann, "A"', n: 1 }, { name: '陈\n二', n: null, extra: true }]))
writeFileSync('b.csv', Papa.unparse({ fields: ['x', 'y'], data: [[1, 2], [3, '=SUM(A1)']] }, { delimiter: ';', quotes: true, newline: '\n', escapeFormulae: true }))
writeFileSync('c.csv', Papa.unparse([['a', 1.5], [new Date(0), undefined]], { header: false, skipEmptyLines: true }))
console.log(Papa.unparse([{ a: 1, b: 2 }], { columns: ['b'] }))
Papa.unparse(5 as never)
