// Lines and points of the gallery.
import { means, provinces, table, totals, unique } from './tables.ts'
import type { GalleryChart } from './gallery.ts'

const title = (text: string): object => ({ title: { display: true, text } })
const axes = (x: string, y: string): object => ({
  x: { title: { display: true, text: x } },
  y: { title: { display: true, text: y } },
})
const { years, rows: gdp } = provinces()
const weather = table('seattle-weather.csv')
const stocks = table('stocks.csv')
const cars = table('cars.json')
const gapminder = table('gapminder.json')
const co2 = table('co2-concentration.csv')
const electricity = table('iowa-electricity.csv')
const movies = table('movies.json')
const year2005 = gapminder.filter(({ year }) => year === 2005)

export const LINES: readonly GalleryChart[] = [
  {
    name: 'lines over years',
    config: {
      type: 'line',
      data: { labels: years, datasets: gdp.slice(0, 5).map(({ name, values }) => ({ label: name, data: values })) },
      options: { plugins: title('五省市GDP走势'), scales: { y: { title: { display: true, text: 'GDP（亿元）' } } } },
    },
  },
  {
    name: 'dates as labels',
    config: {
      type: 'line',
      data: {
        labels: co2.map(({ Date }) => Date),
        datasets: [{ label: 'CO2 (ppm)', data: co2.map(({ CO2 }) => CO2) }],
      },
      options: { plugins: title('Carbon dioxide at Mauna Loa') },
    },
  },
  {
    name: 'dates in Chinese',
    config: {
      type: 'line',
      data: {
        labels: weather.slice(0, 366).map(({ date }) => date),
        datasets: [
          { label: '最高气温', data: weather.slice(0, 366).map(({ temp_max }) => temp_max) },
          { label: '最低气温', data: weather.slice(0, 366).map(({ temp_min }) => temp_min) },
        ],
      },
      options: { plugins: title('西雅图2012年气温'), scales: { y: { title: { display: true, text: '气温（°C）' } } } },
    },
  },
  {
    name: 'stocks with Date objects',
    config: {
      type: 'line',
      data: {
        datasets: unique(stocks, 'symbol').map((symbol) => ({
          label: symbol,
          data: stocks
            .filter((row) => row['symbol'] === symbol)
            .map(({ date, price }) => ({ x: new Date(`${String(date)} UTC`), y: price })),
        })),
      },
      options: { plugins: title('Share prices'), scales: { y: { title: { display: true, text: 'Price ($)' } } } },
    },
  },
  {
    name: 'stacked areas',
    config: {
      type: 'line',
      data: {
        labels: unique(electricity, 'year').map((day) => day.slice(0, 4)),
        datasets: unique(electricity, 'source').map((source) => ({
          label: source,
          fill: true,
          data: electricity.filter((row) => row['source'] === source).map(({ net_generation: n }) => n),
        })),
      },
      options: {
        plugins: title('Electricity of Iowa by source'),
        scales: { y: { stacked: true, title: { display: true, text: 'Net generation (GWh)' } } },
      },
    },
  },
  {
    name: 'logarithmic axis',
    config: {
      type: 'line',
      data: { labels: years, datasets: gdp.slice(0, 4).map(({ name, values }) => ({ label: name, data: values })) },
      options: {
        plugins: title('对数坐标'),
        scales: { y: { type: 'logarithmic', title: { display: true, text: '亿元' } } },
      },
    },
  },
  {
    name: 'bars and a line on two axes',
    config: {
      type: 'bar',
      data: {
        labels: years,
        datasets: [
          { label: 'GDP (100 million yuan)', data: gdp[0]!.values },
          {
            type: 'line',
            label: 'Growth (%)',
            yAxisID: 'y1',
            data: gdp[0]!.values.map((value, i, all) => (i === 0 ? null : (value / all[i - 1]! - 1) * 100)),
          },
        ],
      },
      options: {
        plugins: title('Beijing: output and growth'),
        scales: { y1: { position: 'right', title: { display: true, text: 'Growth (%)' } } },
      },
    },
  },
  {
    name: 'points in groups',
    config: {
      type: 'scatter',
      data: {
        datasets: unique(cars, 'Origin').map((origin) => ({
          label: origin,
          data: cars
            .filter((row) => row['Origin'] === origin)
            .map((row) => ({ x: row['Horsepower'], y: row['Miles_per_Gallon'] })),
        })),
      },
      options: { plugins: title('Power and consumption of cars'), scales: axes('Horsepower', 'Miles per gallon') },
    },
  },
  {
    name: 'points with a trend line',
    config: {
      type: 'scatter',
      data: {
        datasets: [
          {
            label: 'Cars',
            data: cars.map((row) => ({ x: row['Weight_in_lbs'], y: row['Displacement'] })),
            trendlineLinear: {},
          },
        ],
      },
      options: { plugins: title('Weight and displacement'), scales: axes('Weight (lbs)', 'Displacement') },
    },
  },
  {
    name: 'bubbles',
    config: {
      type: 'bubble',
      data: {
        datasets: unique(year2005, 'cluster').map((cluster) => ({
          label: `Region ${Number(cluster) + 1}`,
          data: year2005
            .filter((row) => String(row['cluster']) === cluster)
            .map(({ fertility, life_expect: y, pop }) => ({ x: fertility, y, r: Math.sqrt(Number(pop)) / 900 })),
        })),
      },
      options: {
        plugins: title('Fertility and life expectancy, 2005'),
        scales: axes('Children per woman', 'Life expectancy (years)'),
      },
    },
  },
  {
    name: 'years as numbers',
    config: {
      type: 'scatter',
      data: {
        datasets: [
          {
            label: 'Germany',
            showLine: true,
            data: gapminder
              .filter(({ country }) => country === 'Germany')
              .map(({ year: x, life_expect: y }) => ({ x, y })),
          },
        ],
      },
      options: { plugins: title('Life expectancy in Germany'), scales: axes('Year', 'Years') },
    },
  },
  {
    name: 'radar',
    config: {
      type: 'radar',
      data: {
        labels: ['Horsepower', 'Displacement', 'Weight', 'Acceleration', 'Economy'],
        datasets: unique(cars, 'Origin').map((origin) => ({
          label: origin,
          data: ['Horsepower', 'Displacement', 'Weight_in_lbs', 'Acceleration', 'Miles_per_Gallon'].map((column) => {
            const own = new Map(means(cars, 'Origin', column))
            return (own.get(origin)! / Math.max(...own.values())) * 100
          }),
        })),
      },
      options: { plugins: title('Cars by origin') },
    },
  },
  {
    name: 'a line at the mean',
    config: {
      type: 'bar',
      data: {
        labels: totals(weather, 'weather').map(([name]) => name),
        datasets: [{ label: 'Days', data: totals(weather, 'weather').map(([, days]) => days) }],
      },
      options: {
        plugins: {
          ...title('Weather of Seattle, 2012 to 2015'),
          annotation: {
            annotations: {
              mean: {
                type: 'line',
                yMin: 292,
                yMax: 292,
                borderDash: [6, 6],
                label: { display: true, content: 'mean 292', position: 'end' },
              },
            },
          },
        },
      },
    },
  },
  {
    name: 'a very long title and names',
    config: {
      type: 'bar',
      data: {
        labels: movies
          .slice(0, 6)
          .map(({ Title }) => `${String(Title)}, ${'a film with an explanation that never ends '.repeat(7)}`),
        datasets: [
          { label: `US gross ${'and more '.repeat(30)}`, data: movies.slice(0, 6).map((row) => row['US Gross']) },
          { label: 'Second', data: [1, 2, 3, 4, 5, 6] },
        ],
      },
      options: {
        plugins: title(
          `Films: ${'a title of three hundred letters that somebody wrote without a thought for the reader '.repeat(3)}`,
        ),
      },
    },
  },
]
