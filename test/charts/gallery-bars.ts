// Bars and slices of the gallery.
import { means, provinces, table, totals, unique, type Row } from './tables.ts'
import type { GalleryChart } from './gallery.ts'

const title = (text: string): object => ({ title: { display: true, text } })
const { years, rows: gdp } = provinces()
const last = gdp.map(({ name, values }) => ({ name, value: values.at(-1) ?? 0 })).toSorted((a, b) => b.value - a.value)
const movies = table('movies.json')
const penguins = table('penguins.json')
const jobs = table('unemployment-across-industries.json')
const cars = table('cars.json')

function bars(
  pairs: readonly (readonly [string, number])[],
  label: string,
  options: object = {},
  type = 'bar',
): object {
  return {
    type,
    data: { labels: pairs.map(([name]) => name), datasets: [{ label, data: pairs.map(([, value]) => value) }] },
    options,
  }
}

/** A dataset for each value of `by`, over the values of `along`. */
function grouped(rows: readonly Row[], along: string, by: string, value: string, options: object): object {
  const labels = unique(rows, along)
  const datasets = unique(rows, by).map((name) => {
    const of = new Map(
      means(
        rows.filter((row) => String(row[by]) === name),
        along,
        value,
      ),
    )
    return { label: name, data: labels.map((label) => of.get(label) ?? null) }
  })
  return { type: 'bar', data: { labels, datasets }, options }
}

const budget = movies.filter((row) => row['Distributor'] !== null && row['Worldwide Gross'] !== null)
const disasters = table('disasters.csv').filter(({ Entity }) => Entity !== 'All natural disasters')
const population = table('population.json').filter(({ year }) => year === 2000)
const changes = gdp
  .slice(0, 12)
  .map(({ name, values }): [string, number] => [
    name,
    Math.round(((values[17]! - values[16]!) / values[16]!) * 1000) / 10,
  ])

export const BARS: readonly GalleryChart[] = [
  {
    name: 'vertical bars',
    config: bars(
      last.slice(0, 10).map(({ name, value }) => [name, value]),
      'GDP（亿元）',
      { plugins: title('2022年各省GDP前十') },
    ),
  },
  {
    name: 'horizontal bars, all provinces',
    config: bars(
      last.map(({ name, value }) => [name, value]),
      'GDP（亿元）',
      { indexAxis: 'y', plugins: title('2022年各省国内生产总值') },
    ),
  },
  {
    name: 'long names',
    config: bars(totals(budget, 'Distributor', 'Worldwide Gross').slice(0, 12), 'Worldwide gross ($)', {
      plugins: title('Worldwide gross by distributor'),
    }),
  },
  {
    name: 'long names, horizontal',
    config: bars(totals(movies, 'Creative Type').slice(0, 12), 'Films', {
      indexAxis: 'y',
      plugins: title('Films by creative type'),
    }),
  },
  {
    name: 'two series',
    config: grouped(
      penguins.filter(({ Sex }) => Sex === 'MALE' || Sex === 'FEMALE'),
      'Species',
      'Sex',
      'Body Mass (g)',
      {
        plugins: title('Mean body mass by species and sex'),
        scales: { y: { title: { display: true, text: 'Body mass (g)' } } },
      },
    ),
  },
  {
    name: 'many series',
    config: grouped(table('barley.json'), 'site', 'variety', 'yield', {
      plugins: title('Barley yield by site and variety'),
    }),
  },
  {
    name: 'stacked bars',
    config: {
      type: 'bar',
      data: {
        labels: years.slice(-8),
        datasets: last
          .slice(0, 5)
          .map(({ name }) => ({ label: name, data: gdp.find((row) => row.name === name)!.values.slice(-8) })),
      },
      options: { plugins: title('五省GDP（亿元）'), scales: { x: { stacked: true }, y: { stacked: true } } },
    },
  },
  {
    name: 'shares, stacked to 100 %',
    config: {
      type: 'bar',
      data: {
        labels: unique(penguins, 'Island'),
        datasets: unique(penguins, 'Species').map((species) => ({
          label: species,
          data: unique(penguins, 'Island').map((island) => {
            const here = penguins.filter((row) => row['Island'] === island)
            return (here.filter((row) => row['Species'] === species).length / here.length) * 100
          }),
        })),
      },
      options: {
        indexAxis: 'y',
        plugins: title('Species on each island'),
        scales: { x: { stacked: true, max: 100, title: { display: true, text: 'Share (%)' } }, y: { stacked: true } },
      },
    },
  },
  { name: 'gains and losses', config: bars(changes, '增长（%）', { plugins: title('2020年名义增长率') }) },
  {
    name: 'millions',
    config: bars(
      totals(population, 'age', 'people').toSorted((a, b) => Number(a[0]) - Number(b[0])),
      'People',
      {
        plugins: title('Population of the United States by age, 2000'),
        scales: { x: { title: { display: true, text: 'Age' } } },
      },
    ),
  },
  {
    name: 'large numbers in Chinese',
    config: bars(
      totals(disasters, 'Entity', 'Deaths')
        .slice(0, 8)
        .map(([name, n]) => [
          (
            {
              Drought: '干旱',
              Flood: '洪水',
              Earthquake: '地震',
              'Extreme weather': '极端天气',
              'Extreme temperature': '极端温度',
              'Volcanic activity': '火山活动',
              Landslide: '滑坡',
              Wildfire: '野火',
              Epidemic: '疫病',
              Impact: '撞击',
            } as Record<string, string>
          )[name] ?? name,
          n,
        ]),
      '死亡人数',
      { plugins: title('1900年以来自然灾害死亡人数') },
    ),
  },
  { name: 'one bar', config: bars([['Only one', 42]], 'Value', { plugins: title('A single value') }) },
  {
    name: 'many bars',
    config: bars(
      years.flatMap((year, y) =>
        gdp.slice(0, 4).map(({ name, values }): [string, number] => [`${name} ${year}`, values[y]!]),
      ),
      'GDP（亿元）',
      { plugins: title('许多柱子') },
    ),
  },
  { name: 'pie', config: bars(totals(cars, 'Origin'), 'Cars', { plugins: title('Cars by origin') }, 'pie') },
  {
    name: 'pie with many slices',
    config: bars(
      last.map(({ name, value }) => [name, value]),
      'GDP',
      { plugins: title('2022年各省占全国的比重') },
      'pie',
    ),
  },
  {
    name: 'doughnut',
    config: bars(
      totals(
        jobs.filter(({ year }) => year === 2009),
        'series',
        'count',
      ).slice(0, 7),
      'Unemployed',
      { plugins: title('Unemployed people by industry, 2009') },
      'doughnut',
    ),
  },
  {
    name: 'polar area',
    config: bars(
      means(penguins, 'Species', 'Flipper Length (mm)'),
      'Flipper length (mm)',
      { plugins: title('Flipper length') },
      'polarArea',
    ),
  },
]
