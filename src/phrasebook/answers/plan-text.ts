// Describes a request's jobs in one line, in the language of the request.
import type { Job, PanelsJob, Request } from '../jobs/job.ts'
import type { QueryJob } from '../jobs/query/query.ts'
import type { Language } from '../parsing/language.ts'
import { placeInWords, stepsInWords } from './operation-names.ts'

/** The plan, one clause per job. */
export function planOf({ jobs, language }: Request): string {
  return jobs.map((job) => clause(job, language)).join(language === 'zh' ? '；' : '; ')
}

function clause(job: Job, language: Language): string {
  const word = (en: string, zh: string) => (language === 'zh' ? zh : en)
  switch (job.kind) {
    case 'edit': {
      const names = job.files.map(({ source }) => source.name).join(', ')
      const outputs = job.files.map(({ output }) => output).join(', ')
      const steps = stepsInWords(job.steps, language) || word('Write', '另存')
      return `${steps}${job.bytes ? word(`, at most ${formatBytes(job.bytes)}`, `，不超过 ${formatBytes(job.bytes)}`) : ''}: ${names} → ${outputs}`
    }
    case 'panels':
      return panels(job, language)
    case 'spin': {
      const size = job.width ? word(`, ${job.width} px wide`, `，宽 ${job.width} 像素`) : ''
      const cycling = job.cycle ? word(', cycling colour channels', '，颜色通道循环') : ''
      const turn = word(
        `${job.frames} frames of ${round(job.degrees)}°`,
        `${job.frames} 帧，每帧 ${round(job.degrees)}°`,
      )
      return word('A turning GIF: ', '旋转动图：') + turn + cycling + size + ` → ${job.output}`
    }
    case 'slideshow':
      return word(
        `A slideshow of ${job.sources.length} pictures, ${job.delay} ms each → ${job.output}`,
        `${job.sources.length} 张图片的幻灯片，每张 ${job.delay} 毫秒 → ${job.output}`,
      )
    case 'shrink': {
      const limit = job.bytes ? word(`, at most ${formatBytes(job.bytes)}`, `，不超过 ${formatBytes(job.bytes)}`) : ''
      const parts = word(
        `size ${Math.round(job.scale * 100)}%, ${job.every === 1 ? 'all frames' : `one frame in ${job.every}`}`,
        `尺寸 ${Math.round(job.scale * 100)}%，${job.every === 1 ? '保留所有帧' : `每 ${job.every} 帧留 1 帧`}`,
      )
      return word('A smaller GIF: ', '缩小动图：') + parts + limit + ` → ${job.output}`
    }
    case 'histogram':
      return word(`The histogram of ${job.source.name} → ${job.output}`, `${job.source.name} 的直方图 → ${job.output}`)
    case 'info':
      return word('The facts of ', '查看信息：') + job.sources.map(({ name }) => name).join(', ')
    case 'summary':
      return word(`A summary of ${job.table.name}`, `汇总 ${job.table.name}`)
    case 'chart':
      return word(
        `A ${job.type} chart of ${job.table.name} → ${job.output}`,
        `${job.table.name} 的${CHARTS[job.type]} → ${job.output}`,
      )
    case 'query':
      return question(job, language)
    case 'box':
      return word(`A box plot of ${job.table.name} → ${job.output}`, `${job.table.name} 的箱线图 → ${job.output}`)
    case 'distribution':
      return word(
        `The histogram of the column ${job.column} of ${job.table.name} → ${job.output}`,
        `${job.table.name} 中"${job.column}"列的直方图 → ${job.output}`,
      )
    case 'race':
      return word(
        `An animated bar chart of ${job.table.name}, ${job.heading}, one frame a year → ${job.output}`,
        `${job.table.name} 的动态变化图，${job.heading}，每年一帧 → ${job.output}`,
      )
  }
}

function question({ caption, table, output }: QueryJob, language: Language): string {
  const made = output === undefined ? '' : ` → ${output}`
  return language === 'zh' ? `${caption}（${table.name}）${made}` : `${caption} (${table.name})${made}`
}

const CHARTS = { bar: '柱状图', line: '折线图', pie: '饼图', scatter: '散点图', box: '箱线图' } as const

function panels({ panels: all, layout, labels, position, after, output }: PanelsJob, language: Language): string {
  const word = (en: string, zh: string) => (language === 'zh' ? zh : en)
  const rows = layout.type === 'grid' ? Math.ceil(all.length / layout.columns) : 1
  const kind =
    layout.type === 'grid'
      ? word(`a ${layout.columns}x${rows} grid`, `${layout.columns}x${rows} 网格`)
      : layout.direction === 'down'
        ? word('one above the other', '上下拼接')
        : word('side by side', '左右拼接')
  const where = layout.type === 'stack' ? word(` ${placeInWords(position, 'en')}`, placeInWords(position, 'zh')) : ''
  const labelled = labels ? word(`, labels${where}`, `，${where}文字标签`) : ''
  const then = after.length > 0 ? word(', then ', '，再') + stepsInWords(after, language) : ''
  return `${all.map(({ label }) => label).join(word(', ', '、'))}: ${kind}${labelled}${then} → ${output}`
}

/** Bytes with decimal units: 512 bytes, 200 KB, 1.2 MB. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 999_500 ? `${round(bytes / 1000, bytes < 10_000 ? 1 : 0)} KB` : `${round(bytes / 1_000_000, 1)} MB`
}

function round(value: number, digits = 2): number {
  return Number(value.toFixed(digits))
}
