// Writes the code of still pictures (steps on one or more files, panels) and of edits to all frames of an animation.
import type { EditJob, HistogramJob, InfoJob, Panel, PanelsJob, Source, Transform } from '../jobs/job.ts'
import {
  applySteps,
  toHelperInput,
  branchChain,
  toExpression,
  storeChain,
  openPicture,
  openSource,
  variableOf,
  type Chain,
} from './chain.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'
import { extensionOf, writeOutput } from './output.ts'

/** The same steps on each file. */
export function writeEdit(draft: SnippetDraft, job: EditJob): void {
  const [first, ...more] = job.files
  if (job.animated) return writeFrames(draft, job)
  const target = {
    extension: extensionOf(first!.output),
    bytes: job.bytes,
    quality: job.quality,
    transparent: first!.source.card.hasAlpha,
  }
  if (more.length === 0) {
    const chain = applySteps(draft, openSource(draft, first!.source), job.steps)
    return writeOutput(draft, chain, { ...target, name: literal(first!.output) })
  }
  const pairs = job.files.map(({ source, output }) => `  [${literal(source.name)}, ${literal(output)}],`)
  draft.constant('FILES', `[\n${pairs.join('\n')}\n] as const`)
  const transparent = job.files.some(({ source }) => source.card.hasAlpha)
  draft.block('for (const [input, output] of FILES) {', () => {
    writeOutput(draft, applySteps(draft, openPicture(draft, 'input'), job.steps), {
      ...target,
      transparent,
      name: 'output',
    })
  })
}

/** The same steps on each frame of an animation; without steps, only converts its format. */
function writeFrames(draft: SnippetDraft, { files, steps, quality, bytes }: EditJob): void {
  const { source, output } = files[0]!
  const extension = extensionOf(output)
  if (steps.length === 0 && bytes === undefined) {
    draft.use('sharp')
    return writeOutput(
      draft,
      { head: `sharp(${literal(source.name)}, { animated: true })`, calls: [], steps: [] },
      { name: literal(output), extension, quality },
    )
  }
  draft.use('easel', 'animate', 'frames')
  draft.use('sharp')
  draft.line(`const { frames: stills, delays, loop } = await frames(${literal(source.name)})`, '')
  draft.block('async function* edited() {', () => {
    draft.block('for (const still of stills) {', () => {
      const chain = applySteps(draft, { head: 'sharp(still.data, { raw: still.info })', calls: [], steps: [] }, steps)
      draft.line(`yield ${toExpression(chain)}`)
    })
  })
  draft.line('', 'const gif = await animate(edited(), { delay: delays, loop })')
  if (extension === 'webp') draft.line(`await sharp(gif, { animated: true }).toFile(${literal(output)})`)
  else {
    draft.use('node:fs/promises', 'writeFile')
    draft.line(`await writeFile(${literal(output)}, gif)`)
  }
}

/** Panels stacked or in a grid. */
export function writePanels(draft: SnippetDraft, job: PanelsJob): void {
  const bases = new Map<string, Chain>()
  const named = job.panels.map((panel) => panelVariable(draft, panel, job.panels, bases))
  const each =
    job.labels &&
    !(job.position === 'top-left' && job.layout.type === 'stack') &&
    !(job.position === 'top' && job.layout.type === 'grid')
  if (each) draft.use('easel', 'label')
  const pictures = named.map((name, at) =>
    each ? `await label(${name}, ${literal(job.panels[at]!.label)}, { position: ${literal(job.position)} })` : name,
  )
  const options = [
    ...(job.layout.type === 'grid' ? [`columns: ${draft.constant('COLUMNS', job.layout.columns)}`] : []),
    ...(job.layout.type === 'stack' && job.layout.direction === 'right' ? [`direction: 'right'`] : []),
    ...(job.labels && !each ? [`labels: ${listLiteral(job.panels.map(({ label }) => literal(label)))}`] : []),
  ]
  draft.use('easel', job.layout.type)
  const name = draft.fresh(job.layout.type === 'grid' ? 'sheet' : 'stacked')
  draft.line(
    '',
    `const ${name} = await ${job.layout.type}(${[listLiteral(pictures), ...(options.length > 0 ? [`{ ${options.join(', ')} }`] : [])].join(', ')})`,
  )
  const chain = applySteps(draft, { head: name, calls: [], steps: [] }, job.after)
  writeOutput(draft, chain, {
    name: literal(job.output),
    extension: extensionOf(job.output),
    bytes: job.bytes,
    quality: job.quality,
    transparent: true,
  })
}

/** The variable of a panel; panels of one file start from the steps that they share. */
function panelVariable(draft: SnippetDraft, panel: Panel, panels: readonly Panel[], bases: Map<string, Chain>): string {
  const { source, steps } = panel
  const siblings = panels.filter((other) => other.source.name === source.name)
  const shared = siblings.length > 1 ? sharedSteps(siblings) : 0
  if (siblings.length > 1 && !bases.has(source.name)) {
    const chain = applySteps(draft, openSource(draft, source), steps.slice(0, shared))
    bases.set(source.name, storeChain(draft, chain, bases.size === 0 ? 'original' : 'picture'))
  }
  const base = bases.get(source.name)
  const rest = steps.slice(shared)
  if (!base && rest.length === 0) return literal(source.name)
  if (base && rest.length === 0) return base.head
  const chain = applySteps(draft, base ? branchChain(base) : openSource(draft, source), rest)
  return storeChain(draft, chain, rest.length > 0 ? variableOf(rest.at(-1)!) : 'picture').head
}

function sharedSteps(panels: readonly Panel[]): number {
  const [first, ...others] = panels.map(({ steps }) => steps.map((step) => JSON.stringify(step)))
  const differs = first!.findIndex((step, at) => others.some((steps) => steps[at] !== step))
  return differs < 0 ? first!.length : differs
}

/** The histogram of a picture, as a picture. */
export function writeHistogram(draft: SnippetDraft, { source, steps, width, height, output }: HistogramJob): void {
  draft.use('easel', 'histogramChart')
  draft.use('node:fs/promises', 'writeFile')
  const picture = histogramInput(draft, source, steps)
  const size = [...(width ? [`width: ${width}`] : []), ...(height ? [`height: ${height}`] : [])]
  const options = `{ ${[...size, `title: ${literal(source.name)}`].join(', ')} }`
  const chart = draft.fresh('chart')
  draft.line(
    `const ${chart} = await histogramChart(${picture}, ${options})`,
    `await writeFile(${literal(output)}, ${chart})`,
  )
}

/** Facts about pictures, printed as Markdown lists. */
export function writeInfo(draft: SnippetDraft, { sources }: InfoJob): void {
  draft.use('sharp')
  const names = draft.constant('NAMES', listLiteral(sources.map(({ name }) => literal(name))))
  draft.block(`for (const name of ${names}) {`, () => {
    draft.line(
      'const facts = await sharp(name).metadata()',
      'const { width, height } = facts.autoOrient',
      'console.log(`${name}`)',
      'console.log(`- ${facts.format}, ${width} x ${height} px, ${facts.channels} channels, ${facts.space}, ${facts.depth}`)',
      'if (facts.hasAlpha) console.log(`- has transparency`)',
      'if (facts.pages) console.log(`- ${facts.pages} frames`)',
      'if (facts.density) console.log(`- ${facts.density} dpi`)',
      'const { channels } = await sharp(name).stats()',
      "console.log(`- mean of each channel: ${channels.map(({ mean }) => mean.toFixed(1)).join(', ')}`)",
    )
  })
}

function histogramInput(draft: SnippetDraft, source: Source, steps: readonly Transform[]): string {
  if (steps.length === 0) return literal(source.name)
  return toHelperInput(applySteps(draft, openSource(draft, source), steps))
}
