// A GIF of one picture does not move: the answer says so and what would, and its speed cannot be changed.
import { describe, expect, it } from 'vitest'
import type { FileInfo } from '../../sandbox/protocol.ts'
import { conversation } from './dialogue.ts'
import { animation, long, picture, wide } from './scene.ts'

const one = { 'portrait.png': picture }

/** The last message. */
async function last(files: Readonly<Record<string, FileInfo>>, ...asks: readonly string[]): Promise<string> {
  return (await conversation(files, ...asks)).at(-1)!.text
}

describe('a GIF of what does not move', () => {
  it.each(['make it a gif', 'save this as a gif', 'blur it and make it an animated gif', 'animate it'])(
    'is said not to move: "%s"',
    async (text) => {
      expect(await last(one, text)).toContain('The GIF does not move because it is made from a single picture.')
      expect(await last(one, text)).toContain('say "spin it"')
    },
  )
  it.each(['做成动图', '做成动态图', '变成动画', '模糊，做成动图'])('也说它不会动: "%s"', async (text) => {
    expect(await last(one, text)).toContain('这个 GIF 不会动')
  })

  it('leads from a chart of years to their race, and from another to what turns', async () => {
    expect(await last({ 'gdp.csv': wide }, 'line chart', 'make it a gif')).toContain('say "an animated bar chart"')
    expect(await last({ 'gdp.csv': wide }, '画折线图', '做成动态图')).toContain('请说"动态变化图"')
    const plain = { ...long, columns: long.columns!.filter(({ name }) => name !== 'year') }
    expect(await last({ 'a.csv': plain }, 'bar chart', 'make it a gif')).toContain('say "spin it"')
    expect(await last({ 'gdp.csv': wide }, '画折线图', '做成动态图', '动态变化图')).toContain('gdp-race.gif')
  })

  it.each([
    ['make it a gif', 'slower'],
    ['make it a gif', 'too fast'],
    ['make it a gif', 'speed it up'],
    ['blur it', 'faster please'],
  ])('has no pace: after "%s", "%s"', async (first, then) => {
    expect(await last(one, first, then)).toContain('It cannot be made faster or slower because it does not move.')
  })
  it.each([
    ['做成动图', '慢一点'],
    ['做成动图', '太快了'],
    ['模糊', '快一点'],
  ])('没有快慢: "%s"，"%s"', async (first, then) => {
    expect(await last(one, first, then)).toContain('它不会动，所以没有快慢可以调节。')
  })
  it('has no pace in the request that makes it either', async () => {
    expect(await last(one, 'a gif with 200 ms per frame')).toContain('it does not move')
    expect(await last(one, '每帧200毫秒的动图')).toContain('它不会动')
  })

  it('is not said of what moves', async () => {
    expect(await last({ 'anim.gif': animation }, 'blur the gif')).not.toContain('does not move')
    expect(await last(one, 'a spinning gif')).not.toContain('does not move')
    expect(await last({ 'anim.gif': animation }, 'slower')).toContain(
      'Only the speed of an animation made in this session',
    )
    expect(await last({ 'anim.gif': animation }, '模糊这个动图', '慢一点')).toContain('只能调节在这里做出的动图的速度')
  })
})
