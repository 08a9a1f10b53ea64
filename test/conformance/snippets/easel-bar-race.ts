// easel: a bar-chart race, wide and long tables
import { barRace, readTable } from 'easel'
import { writeFile } from 'node:fs/promises'

await writeFile('race.gif', await barRace(await readTable('regions.csv'), { top: 3, title: (time) => `GDP ${time}`, unit: '亿元', width: 400, height: 240 }))
const long = [['2020', 'a', 3], ['2020', 'b', 5], ['2021', 'a', 9], ['2021', 'b', 6]].map(([year, who, n]) => ({ year, who, n }))
await writeFile('long.gif', await barRace(long, { time: 'year', label: 'who', value: 'n', steps: 3, delay: 90, width: 300, height: 200 }))
