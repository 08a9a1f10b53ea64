// What the phrasebook does not understand it reports, and does nothing.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { createPhrasebookPlanner } from '../../src/phrasebook/planner.ts'
import { conversation, next } from './dialogue.ts'
import { picture, wide } from './scene.ts'

const one = { 'portrait.png': picture }

describe('what the phrasebook does not do', () => {
  const REFUSED: readonly (readonly [string, string, string])[] = [
    [
      'make it gray and add a moustache',
      'not_understood',
      'I did not understand "moustache", so I did nothing.\nI understood: grayscale.',
    ],
    ["don't blur it", 'not_understood', 'I cannot tell what "don\'t" leaves out, so I did nothing.'],
    ['不要模糊', 'not_understood', '没有看懂 "不要" 排除了什么，所以什么也没做。'],
    ['灰度并加一顶帽子', 'not_understood', '没有看懂 "一顶帽子"，所以什么也没做。\n看懂的部分：灰度。'],
    ['gray, wings tail', 'not_understood', 'I did not understand "wings", "tail", so I did nothing.'],
    ['灰度, wow帽子', 'not_understood', '"wow帽子"'],
    ['hello', 'not_understood', 'I did not find anything to do in this request.'],
    ['make it 12 frames', 'not_understood', 'I did not understand "12 frames"'],
    ['rotate 45 and 90', 'not_understood', 'I did not understand "90"'],
    ['stack it', 'too_few_pictures', 'There is only one picture to arrange.'],
    ['crop 900x900', 'crop_too_large', '900x900 at 0,0 does not fit into the picture, which is 451x300.'],
    ['bar chart', 'no_table', 'This needs a table (a CSV file), and there is only portrait.png.'],
    ['blur 5000', 'out_of_range', 'The sigma must be between 0.3 and 1000, and 5000 was asked for.'],
    ['a spinning gif under 500 KB', 'cannot_combine', '"compress" cannot be done in the same request as the rest.'],
    ['add a label', 'no_text', 'Which text?'],
    ['double blur', 'not_understood', 'I did not understand "double"'],
    ['make the left half grayscale', 'not_understood', 'I did not understand "the left", "half"'],
    ['把左边变成灰度', 'not_understood', '没有看懂 "左边"'],
    ['rotate the text 45 degrees', 'no_text', 'Which text?'],
    ['resize', 'no_size', 'To what size?'],
  ]
  it.each(REFUSED)('refuses "%s" as %s', async (text, code, message) => {
    const [turn] = await conversation(one, text)
    expect(turn!.step).toMatchObject({ type: 'failed', code })
    expect(turn!.text).toContain(message)
  })

  it('refuses a request of thousands of characters at once', async () => {
    const [turn] = await conversation(one, '灰'.repeat(3000))
    expect(turn!.text).toContain('请求有 3000 个字符，最多 2000 个。')
  })

  it('says how to connect a model and gives five sentences it understands', async () => {
    const [turn] = await conversation(one, 'add a moustache')
    expect(turn!.text.match(/^- /gm)).toHaveLength(5)
    expect(turn!.text).toContain('set OPENAI_API_KEY, or OPENAI_BASE_URL for a compatible server.')
  })

  it('says when a picture is missing, is a table, or is broken', async () => {
    const [none] = await conversation({}, 'make this grayscale')
    expect(none!.step).toEqual({
      type: 'failed',
      code: 'no_picture',
      message: 'This needs a picture, and no file was given. Add one and ask again.',
    })
    const [table] = await conversation({ 'gdp.csv': wide }, '转成灰度')
    expect(table!.step).toEqual({
      type: 'failed',
      code: 'no_picture',
      message: '这需要一张图片，现在只有 gdp.csv。请加上文件再试。',
    })
    const [broken] = await conversation(
      { 'x.png': { kind: 'broken', mime: 'image/png', bytes: 9, problem: 'it is text, not a PNG.' } },
      'make this grayscale',
    )
    expect(broken!.step).toEqual({
      type: 'failed',
      code: 'broken_file',
      message: 'x.png cannot be used: it is text, not a PNG.',
    })
  })

  it('says plainly when the snippet failed, and does not try again', async () => {
    const failed: Event[] = [
      { type: 'upload', name: 'portrait.png', card: picture },
      { type: 'ask', text: 'make it gray', files: ['portrait.png'] },
      { type: 'cell', cell: 1, code: '', seed: 1, clock: 0 },
      { type: 'result', cell: 1, status: 'timeout', message: 'The cell took longer than 60 s.', ms: 60_000, names: [] },
    ]
    expect(await next(failed)).toEqual({ type: 'answer', text: 'It did not work: The cell took longer than 60 s.' })
  })

  it('stops at once when it is cancelled', async () => {
    await expect(
      createPhrasebookPlanner()
        .next([], AbortSignal.abort(new Error('stop')))
        .next(),
    ).rejects.toThrow('stop')
  })
})
