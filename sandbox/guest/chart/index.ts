// The guest's chart modules. Each runs when first imported: `chart.js` alone registers nothing, as in Node.
declare const require: (name: string) => object

/** Importable name -> its namespace (chart.js and auto), or what `require` returns (chartjs-node-canvas). */
export const chartModules: Readonly<Record<string, () => object>> = {
  'chart.js': () => require('chart.js'),
  'chart.js/helpers': () => require('chart.js/helpers'),
  'chart.js/auto': () => require('chart.js/auto'),
  'chartjs-node-canvas': () => require('chartjs-node-canvas'),
}
