// The scripts that interactive charts carry; see helpers/chart/page/library.ts.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { productFolder } from '../product.ts'
import type { Operations } from './operation.ts'

const nameSchema = z.enum(['chart-js', 'echarts'])

export const chartOperations: Operations = {
  'chart.library': (args) => {
    const name = nameSchema.parse(args)
    return [null, [new Uint8Array(readFileSync(join(productFolder(), 'dist/chart-page', `${name}.js`)))]]
  },
}
