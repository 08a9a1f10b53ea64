// Charts of plugins and of ECharts in the gallery.
import { means, provinces, table, totals, unique } from './tables.ts'
import type { GalleryChart } from './gallery.ts'

const title = (text: string): object => ({ title: { display: true, text } })
const { years, rows: gdp } = provinces()
const penguins = table('penguins.json')
const weather = table('seattle-weather.csv')
const cars = table('cars.json')
const budget = table('budget.json')
const electricity = table('iowa-electricity.csv')

function spread(rows: readonly Readonly<Record<string, unknown>>[], by: string, value: string): [string, number[]][] {
  return [...Map.groupBy(rows, (row) => String(row[by]))].map(([name, list]) => [
    name,
    list.map((row) => row[value]).filter((one) => typeof one === 'number'),
  ])
}

const masses = spread(penguins, 'Species', 'Body Mass (g)')
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const byMonth = [2012, 2013, 2014, 2015].flatMap((year) =>
  MONTHS.map((month, m) => {
    const days = weather.filter(({ date }) => String(date).startsWith(`${year}-${String(m + 1).padStart(2, '0')}`))
    return { x: month, y: String(year), v: days.reduce((sum, day) => sum + Number(day['precipitation']), 0) }
  }),
)
const numbers = ['Miles_per_Gallon', 'Horsepower', 'Weight_in_lbs', 'Acceleration', 'Displacement'] as const
const correlations = numbers.flatMap((y) =>
  numbers.map((x) => ({ x: x.replaceAll('_', ' '), y: y.replaceAll('_', ' '), v: correlation(x, y) })),
)

function correlation(x: string, y: string): number {
  const pairs = cars
    .filter((row) => row[x] !== null && row[y] !== null)
    .map((row) => [Number(row[x]), Number(row[y])] as const)
  const mean = (i: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[i], 0) / pairs.length
  const [mx, my] = [mean(0), mean(1)]
  const sum = (f: (a: number, b: number) => number): number =>
    pairs.reduce((total, [a, b]) => total + f(a - mx, b - my), 0)
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b))
}

export const KINDS: readonly GalleryChart[] = [
  {
    name: 'box plots',
    config: {
      type: 'boxplot',
      data: {
        labels: masses.map(([name]) => name),
        datasets: [{ label: 'Body mass (g)', data: masses.map(([, list]) => list) }],
      },
      options: { plugins: title('Body mass of penguins') },
    },
  },
  {
    name: 'violins',
    config: {
      type: 'violin',
      data: {
        labels: ['雨', '雪', '晴', '雾', '毛毛雨'],
        datasets: [
          {
            label: '最高气温（°C）',
            data: ['rain', 'snow', 'sun', 'fog', 'drizzle'].map((kind) =>
              weather.filter((row) => row['weather'] === kind).map((row) => row['temp_max']),
            ),
          },
        ],
      },
      options: { plugins: title('天气与最高气温') },
    },
  },
  {
    name: 'tree map',
    config: {
      type: 'treemap',
      data: {
        datasets: [
          { tree: gdp.map(({ name, values }) => ({ 省: name, GDP: values.at(-1) })), key: 'GDP', groups: ['省'] },
        ],
      },
      options: { plugins: title('2022年各省GDP（亿元）') },
    },
  },
  {
    name: 'tree map of two levels',
    config: {
      type: 'treemap',
      data: {
        datasets: [
          {
            tree: totals(
              cars.map((row) => ({ ...row, key: `${String(row['Origin'])}|${String(row['Cylinders'])} cylinders` })),
              'key',
            ).map(([key, cars]) => ({ origin: key.split('|')[0], cylinders: key.split('|')[1], cars })),
            key: 'cars',
            groups: ['origin', 'cylinders'],
          },
        ],
      },
      options: { plugins: title('Cars by origin and cylinders') },
    },
  },
  {
    name: 'heat map',
    config: {
      type: 'matrix',
      data: { datasets: [{ label: 'Precipitation (mm)', data: byMonth }] },
      options: { plugins: title('Precipitation in Seattle (mm)') },
    },
  },
  {
    name: 'correlation matrix',
    config: {
      type: 'matrix',
      data: { datasets: [{ label: 'Correlation', data: correlations }] },
      options: { plugins: title('Correlations between properties of cars') },
    },
  },
  {
    name: 'flows',
    config: {
      type: 'sankey',
      data: {
        datasets: [
          {
            data: totals(
              penguins.map((row) => ({ key: `${String(row['Island'])}|${String(row['Species'])}` })),
              'key',
            ).map(([key, flow]) => ({ from: key.split('|')[0], to: key.split('|')[1], flow })),
          },
        ],
      },
      options: { plugins: title('Penguins from islands to species') },
    },
  },
  {
    name: 'error bars',
    config: {
      type: 'barWithErrorBars',
      data: {
        labels: masses.map(([name]) => name),
        datasets: [
          {
            label: 'Body mass (g)',
            data: masses.map(([, list]) => {
              const mean = list.reduce((a, b) => a + b, 0) / list.length
              const sd = Math.sqrt(list.reduce((a, b) => a + (b - mean) ** 2, 0) / list.length)
              return { y: mean, yMin: mean - sd, yMax: mean + sd }
            }),
          },
        ],
      },
      options: { plugins: title('Mean and deviation of body mass') },
    },
  },
  {
    name: 'ECharts bars and line',
    config: {
      title: { text: '广东与江苏' },
      legend: {},
      xAxis: { type: 'category', data: years },
      yAxis: { name: '亿元' },
      series: gdp
        .filter(({ name }) => /广东|江苏/.test(name))
        .map(({ name, values }, i) => ({ type: i === 0 ? 'bar' : 'line', name, data: values })),
    },
  },
  {
    name: 'ECharts lines with names at the end',
    config: {
      title: { text: 'Electricity of Iowa (GWh)' },
      xAxis: { type: 'category', data: unique(electricity, 'year').map((day) => day.slice(0, 4)) },
      yAxis: {},
      series: unique(electricity, 'source').map((name) => ({
        type: 'line',
        name,
        endLabel: { show: true, formatter: '{a}' },
        data: electricity.filter((row) => row['source'] === name).map(({ net_generation: n }) => n),
      })),
    },
  },
  {
    name: 'ECharts sunburst',
    config: {
      title: { text: 'Budget receipts' },
      series: {
        type: 'sunburst',
        radius: ['15%', '80%'],
        data: totals(budget, 'Source category name')
          .slice(0, 8)
          .map(([name, value]) => ({ name, value })),
      },
    },
  },
  {
    name: 'ECharts gauge',
    config: {
      series: [{ type: 'gauge', data: [{ value: 72.5, name: '完成率' }], detail: { formatter: '{value}%' } }],
      title: { text: '年度目标' },
    },
  },
  {
    name: 'means',
    config: {
      type: 'bar',
      data: {
        labels: means(cars, 'Origin', 'Miles_per_Gallon').map(([name]) => name),
        datasets: [
          { label: 'Miles per gallon', data: means(cars, 'Origin', 'Miles_per_Gallon').map(([, value]) => value) },
        ],
      },
      options: { plugins: title('Mean consumption by origin') },
    },
  },
]
