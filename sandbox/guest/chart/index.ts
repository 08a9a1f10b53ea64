// The chart modules of the guest. Each runs when it is first asked for: `chart.js` alone registers nothing, as in Node.
declare const require: (name: string) => object

/** Importable name -> its namespace (chart.js and auto), or what `require` gives (chartjs-node-canvas). */
export const chartModules: Readonly<Record<string, () => object>> = {
  'chart.js': () => require('chart.js'),
  'chart.js/auto': () => require('chart.js/auto'),
  'chartjs-node-canvas': () => require('chartjs-node-canvas'),
}
