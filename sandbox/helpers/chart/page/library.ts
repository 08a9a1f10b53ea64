// The scripts of interactive pages, which the build makes of the entries in this folder. In the sandbox the host reads
// them (guest/library-proxy.ts).
import { readFileSync } from 'node:fs'

/** A script that defines the global `easelChart`. */
export function readLibrary(name: 'chart-js' | 'echarts'): string {
  return readFileSync(new URL(`../../../../dist/chart-page/${name}.js`, import.meta.url), 'utf8')
}
