// Help on tables: reading, unpacking, writing, reshaping.
import type { Topic } from './topic.ts'

export const TABLE_TOPICS: readonly Topic[] = [
  {
    names: ['readTable', 'toNumber'],
    family: 'tables',
    text: `readTable(name, { sheet, encoding, delimiter, header, dateOrder: 'dmy' | 'mdy' }): Promise<{ rows: Record<string, string | number | boolean | null>[], columns: { name, type, unit?, values }[], notes, sheets?, json? }>
CSV and its like, JSON, XLSX, XLS, ODS, Parquet, Arrow, HTML, Markdown; sheet: name or number from 0. Numbers ("1,234", "¥5", "12 %" is 12, "1.2万" is 12000), true/false, dates as ISO text that sorts ("31.12.2023" is "2023-12-31"). What does not fit a column of 95 % numbers or dates is null, and told in notes. Codes (00501) stay text. Above 100,000 rows are frozen: map makes new ones. JSON that is no table is in json. toNumber(text): number | null.`,
    example: `import { readTable } from 'easel'
const { rows, columns } = await readTable('table.csv'); console.log(columns, rows.slice(0, 2))`,
  },
  {
    names: ['unzip', 'listZip', 'zip', 'archive', '解压', '压缩包'],
    family: 'tables',
    text: `unzip(name | bytes, { into: 'folder', only: ['*.csv'] }): Promise<string[]> // the files written, by default into a folder named like the archive; all of them go to the person
listZip(name | bytes): Promise<{ name, bytes, compressedBytes, modified, isFolder, encrypted }[]> // what is in it`,
    example: `import { listZip, readTable, unzip } from 'easel'
console.log(await listZip('data.zip')); const names = await unzip('data.zip', { only: '*.csv' }); console.log((await readTable(names[0]!)).rows.length)`,
  },
  {
    names: ['writeTable'],
    family: 'tables',
    text: `writeTable(rows | table | { 'sheet name': rows }, 'name.xlsx' | .ods | .csv | .tsv | .parquet | .json | .jsonl | .md | .html, { columns: [...], sheet, formats: { column: '0.0%' }, bom, delimiter }): Promise<name>
Workbooks get a header, filter, widths, real dates and separated thousands; text is never a formula. The file is read back and compared.`,
    example: `import { readTable, summarize, writeTable } from 'easel'
const table = await readTable('table.csv'); await writeTable({ data: table, summary: summarize(table) }, 'report.xlsx')`,
  },
  {
    names: ['summarize'],
    family: 'tables',
    text: 'summarize(table | rows): { column, type, count, missing, min, max, mean, median, deviation, sum, distinct, top }[]',
    example: `import { readTable, summarize } from 'easel'
console.table(summarize(await readTable('table.csv')))`,
  },
  {
    names: ['melt'],
    family: 'tables',
    text: "melt(table | rows, { id: 'name' | [...], columns, name: 'name', value: 'value' }): rows // wide to long",
    example: `import { melt, readTable } from 'easel'
const long = melt(await readTable('table.csv'), { id: 'region', name: 'year' }); console.log(long[0])`,
  },
  {
    names: ['markdownTable'],
    family: 'tables',
    text: "markdownTable(rows, { most: 20, language: 'en' | 'zh' }): string // numbers right-aligned and formatted; print it to show a table in the answer",
    example: `import { markdownTable, readTable } from 'easel'
const { rows } = await readTable('table.csv'); console.log(markdownTable(rows, { most: 5 }))`,
  },
  {
    names: ['sql', 'SQL', 'DuckDB', 'join', 'group by', 'pivot', 'parquet'],
    family: 'tables',
    text: `sql(query, { name: rows | table | value } | [values]): Promise<Record<string, any>[]> // one DuckDB statement that only reads: SELECT, WITH, FROM, PIVOT, SUMMARIZE, DESCRIBE …
Tables: files by their quoted name, 'data/sales.csv' (whatever readTable reads, and Parquet), and arrays of rows or tables of readTable by the name that they are passed under. Values: $name, or ? in order.
Dates are ISO text in the result, lists and structs arrays and objects, whole numbers beyond 2^53 text. Good for joins, groups, windows and a million rows; group by all, order by all, exclude, quantile_cont, date_trunc work.`,
    example: `import { sql } from 'easel'
console.table(await sql('select region, "2003" - "2001" as growth from "table.csv" where "2003" > $min order by growth desc', { min: 3 }))`,
  },
]
