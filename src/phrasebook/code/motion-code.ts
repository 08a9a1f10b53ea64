// Writes the code of animations: a rotating picture, a slideshow, a smaller GIF.
import type { ShrinkJob, SlideshowJob, SpinJob } from '../jobs/job.ts'
import { applySteps, toHelperInput, toExpression, openPicture, openSource } from './chain.ts'
import { listLiteral, literal, type SnippetDraft } from './draft.ts'

/** Each frame rotated a little further than the one before. */
export function writeSpin(draft: SnippetDraft, job: SpinJob): void {
  draft.use('easel', 'animate', 'pixels')
  draft.use('node:fs/promises', 'writeFile')
  const frames = draft.constant('FRAMES', job.frames)
  const degrees = job.degrees === 0 ? undefined : draft.constant('DEGREES', job.degrees)
  const delay = draft.constant('DELAY', job.delay)
  const steps =
    (job.width ?? job.height)
      ? [...job.steps, { kind: 'resize' as const, width: job.width, height: job.height }]
      : job.steps
  const picture = draft.fresh('picture')
  draft.line(
    `const ${picture} = await pixels(${toHelperInput(applySteps(draft, openSource(draft, job.source), steps))})`,
    '',
  )
  if (job.cycle) draft.use('easel', 'cycleChannels')
  if (degrees) draft.use('easel', 'turn')
  const colored = job.cycle ? `await cycleChannels(${picture}, frame)` : picture
  const background = job.background === 'black' ? '' : `, { background: ${literal(job.background)} }`
  draft.block('async function* turning() {', () => {
    draft.block(`for (let frame = 0; frame < ${frames}; frame++) {`, () => {
      draft.line(
        degrees
          ? `yield turn(${colored}, frame * ${degrees}${background})`
          : `yield ${job.cycle ? colored.replace('await ', '') : colored}`,
      )
    })
  })
  draft.line(
    '',
    `const gif = await animate(turning(), { delay: ${delay} })`,
    `await writeFile(${literal(job.output)}, gif)`,
  )
}

/** One picture after another, each fitted into the same frame size. */
export function writeSlideshow(draft: SnippetDraft, job: SlideshowJob): void {
  draft.use('easel', 'animate')
  draft.use('node:fs/promises', 'writeFile')
  const names = draft.constant('NAMES', listLiteral(job.sources.map(({ name }) => literal(name))))
  const delay = draft.constant('DELAY', job.delay)
  const [width, height] = [draft.constant('WIDTH', job.width), draft.constant('HEIGHT', job.height)]
  draft.block('async function* slides() {', () => {
    draft.block(`for (const name of ${names}) {`, () => {
      const chain = applySteps(draft, openPicture(draft, 'name'), job.steps)
      const last = `.resize(${width}, ${height}, { fit: 'contain', background: 'black' })`
      const sizes = chain.steps.some(({ kind }) =>
        [
          'resize',
          'blur',
          'threshold',
          'sharpen',
          'sepia',
          'brighten',
          'saturate',
          'hue',
          'contrast',
          'tint',
          'invert',
          'flip',
          'rotate',
        ].includes(kind),
      )
      if (sizes) {
        draft.line(
          `const picture = await ${toExpression({ ...chain, calls: [...chain.calls, '.png()', '.toBuffer()'] })}`,
        )
        draft.line(`yield sharp(picture)${last}`)
      } else draft.line(`yield ${toExpression({ ...chain, calls: [...chain.calls, last] })}`)
    })
  })
  draft.line(
    '',
    `const gif = await animate(slides(), { delay: ${delay} })`,
    `await writeFile(${literal(job.output)}, gif)`,
  )
}

/** A smaller copy of an animation. */
export function writeShrink(draft: SnippetDraft, { source, scale, every, bytes, output }: ShrinkJob): void {
  draft.use('easel', 'shrinkGif')
  draft.use('node:fs/promises', 'writeFile')
  const step = draft.constant('EVERY', every)
  const name = literal(source.name)
  if (bytes === undefined) {
    const size = draft.constant('SCALE', scale)
    draft.line(`const gif = await shrinkGif(${name}, { scale: ${size}, every: ${step} })`)
  } else {
    const limit = draft.constant('BYTES', bytes)
    draft.line(`let scale = ${scale}`, `let gif = await shrinkGif(${name}, { scale, every: ${step} })`)
    draft.block(`while (gif.length > ${limit} && scale > 0.05) {`, () => {
      draft.line(
        `scale *= Math.min(0.9, Math.sqrt(${limit} / gif.length))`,
        `gif = await shrinkGif(${name}, { scale, every: ${step} })`,
      )
    })
    draft.line(
      `if (gif.length > ${limit}) throw new Error(\`the smallest GIF has \${gif.length} bytes, more than the \${${limit}} asked for\`)`,
    )
  }
  draft.line(`await writeFile(${literal(output)}, gif)`)
}
