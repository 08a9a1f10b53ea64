// Makes the files of this folder: node examples/draw.ts. All figures are invented.
import { writeFileSync } from 'node:fs'
import { drawPortrait } from './portrait.ts'

const here = (name: string) => new URL(name, import.meta.url)

writeFileSync(here('portrait.png'), drawPortrait())
writeFileSync(here('sales.csv'), salesTable())
writeFileSync(here('regions.csv'), regionsTable())

/** A long table: one row a year, region and product. */
function salesTable(): string {
  const regions = ['华东 East', '华南 South', '西部 West', '北方 North']
  const products = ['Tea 茶', 'Coffee 咖啡', 'Juice 果汁']
  const rows = [2020, 2021, 2022, 2023, 2024].flatMap((year) =>
    regions.flatMap((region, r) =>
      products.map((product, p) => {
        const growth = 1 + (0.05 + 0.03 * ((r + p) % 3)) * (year - 2020)
        const units = Math.round((820 - 130 * r + 90 * p) * growth + 40 * Math.sin(year * 1.7 + r + 2 * p))
        return [year, region, product, units, (units * (12.5 + 6.25 * p)).toFixed(2)].join(',')
      }),
    ),
  )
  return `${['year,region,product,units,sales', ...rows].join('\n')}\n`
}

/** A wide table: one column a year, for the animated bar chart. */
function regionsTable(): string {
  const names =
    '云州 Yunzhou,海湾 Haiwan,青岭 Qingling,金川 Jinchuan,白河 Baihe,松原 Songyuan,南浦 Nanpu,东渡 Dongdu,石城 Shicheng,竹溪 Zhuxi,星港 Xinggang,沙洲 Shazhou,雪峰 Xuefeng,平湖 Pinghu'
  const years = Array.from({ length: 15 }, (_, i) => 2010 + i)
  const rows = names.split(',').map((name, i) => {
    const start = 900 - 52 * i
    const growth = 1.035 + 0.011 * ((i * 5) % 11)
    const values = years.map((_, t) => (start * growth ** t * (1 + 0.06 * Math.sin(t * 0.9 + i * 1.3))).toFixed(1))
    return [name, ...values].join(',')
  })
  return `${[['region', ...years.map((year) => `${year}年`)].join(','), ...rows].join('\n')}\n`
}
