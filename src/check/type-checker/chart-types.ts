// The types that Chart.js plugins add to its own, for snippets that name what a plugin adds without importing it: chart()
// of 'easel' loads the plugin itself. Each makes a check slower, so most snippets are checked without them.

const WORDS: readonly (readonly [word: RegExp, module: string])[] = [
  [/\b(?:boxplot|violin)\b/, '@sgratzl/chartjs-chart-boxplot'],
  [/WithErrorBars\b/, 'chartjs-chart-error-bars'],
  [/\bmatrix\b/, 'chartjs-chart-matrix'],
  [/\bsankey\b/, 'chartjs-chart-sankey'],
  [/\btreemap\b/, 'chartjs-chart-treemap'],
  [/\bannotations?\b/, 'chartjs-plugin-annotation'],
  [/\bdatalabels\b/, 'chartjs-plugin-datalabels'],
  [/\btrendline(?:Linear|Exponential)\b/, 'chartjs-plugin-trendline'],
]

/** Lines to append to a snippet that is about to be checked; '' if it names nothing of a plugin. */
export function chartTypeImports(code: string): string {
  if (!/\bchart\b/i.test(code)) return ''
  // A wrong type's message lists all that there are.
  const isTyped =
    /\btype:\s*['"](?!bar['"]|line['"]|pie['"]|doughnut['"]|scatter['"]|bubble['"]|radar['"]|polarArea['"])/.test(code)
  return WORDS.filter(([word]) => isTyped || word.test(code))
    .map(([, module]) => `import type {} from '${module}'`)
    .join('\n')
}
