// A recipe's snippets with other file names: input names whole, output names by their stem, words in titles never.
import { describe, expect, it } from 'vitest'
import { renameFiles } from '../../src/recipe/renaming.ts'

interface Case {
  readonly inputs?: readonly string[]
  readonly made?: readonly string[]
  readonly given?: readonly string[]
}

function renamed(
  code: string,
  { inputs = ['portrait.png'], made = ['portrait-gray.png'], given = ['cat.jpg'] }: Case = {},
) {
  return renameFiles({ inputs, made }, given).rewrite(code)
}

describe('literals that name a file', () => {
  it.for<[string, string]>([
    ["sharp('portrait.png')", "sharp('cat.jpg')"],
    ['sharp("./portrait.png")', 'sharp("./cat.jpg")'],
    ['sharp(`/mnt/data/portrait.png`)', 'sharp(`/mnt/data/cat.jpg`)'],
    ['sharp(`${dir}/portrait.png`)', 'sharp(`${dir}/cat.jpg`)'],
    [".toFile('portrait-gray.png')", ".toFile('cat-gray.png')"],
    ["title('Histogram of portrait.png, 2020')", "title('Histogram of cat.jpg, 2020')"],
    ['title(`portrait.png: ${n} px`)', 'title(`cat.jpg: ${n} px`)'],
    ["title('图片portrait.png的直方图')", "title('图片cat.jpg的直方图')"],
    ['title(\'"portrait.png".\')', 'title(\'"cat.jpg".\')'],
  ])('%s becomes %s', ([before, after]) => expect(renamed(before)).toBe(after))

  it.for([
    "title('portrait of 2020')",
    "title('portrait')",
    "title('A portrait.')",
    "sharp('my-portrait.png')",
    "sharp('selfportrait.png')",
    "sharp('portrait.png.bak')",
    "sharp('portrait.pngs')",
    "sharp('other/portrait.png')",
    "sharp('portrait-unknown.png')",
    'sharp(`${prefix}portrait.png`)',
    'sharp(`portrait.png${suffix}`)',
    'title(`portrait of ${year}`)',
    "import portrait from 'portrait.png'",
    "// 'portrait.png'",
    "/'portrait.png'/.test(text)",
    'const portrait = { portrait: portrait.png }',
  ])('%s stays', (code) => expect(renamed(code)).toBe(code))

  it('names with quotes, backslashes, templates, Chinese and spaces are escaped', () => {
    const given = ['it\'s "咖啡" \\ `${x}`.png']
    const code = "sharp('portrait.png'); sharp(\"portrait.png\"); sharp(`portrait.png`); f('portrait-gray.png')"
    const written = renamed(code, { given })
    const seen: string[] = []
    // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
    new Function('sharp', 'f', written)(
      (name: string) => seen.push(name),
      (name: string) => seen.push(name),
    )
    expect(seen).toEqual([given[0], given[0], given[0], 'it\'s "咖啡" \\ `${x}`-gray.png'])
  })

  it('Chinese names are found by their stems', () => {
    const names = { inputs: ['照片.png'], made: ['照片灰度.png', '我的照片.gif'], given: ['猫.jpg'] }
    expect(renamed("f('照片.png', '照片灰度.png', '我的照片.gif', '照片')", names)).toBe(
      "f('猫.jpg', '猫灰度.png', '我的照片.gif', '照片')",
    )
  })

  it('a template that comes to files that were made has its stem replaced', () => {
    const made = ['portrait-1.png', 'portrait-2.png', 'frames/portrait_a.png']
    const code = 'f(`portrait-${i}.png`, `frames/portrait_${x}.png`, `portrait: ${n}`, `portrait-${i}.txt`)'
    expect(renamed(code, { made })).toBe(
      'f(`cat-${i}.png`, `frames/cat_${x}.png`, `portrait: ${n}`, `portrait-${i}.txt`)',
    )
  })

  it('several inputs go by their places, the longer name first, and may change places', () => {
    const inputs = ['cat.png', 'cat-2.png']
    const made = ['cat-2-gray.png', 'cat-gray.png', 'mix-cat.png']
    const code = "f('cat.png', 'cat-2.png', 'cat-2-gray.png', 'cat-gray.png', 'mix-cat.png')"
    expect(renamed(code, { inputs, made, given: ['dog.png', 'cow.png'] })).toBe(
      "f('dog.png', 'cow.png', 'cow-gray.png', 'dog-gray.png', 'mix-dog.png')",
    )
    expect(renamed(code, { inputs, made, given: ['cat-2.png', 'cat.png'] })).toBe(
      "f('cat-2.png', 'cat.png', 'cat-gray.png', 'cat-2-gray.png', 'mix-cat-2.png')",
    )
  })

  it('a result never gets the name of an input or of another result', () => {
    const code = "sharp('portrait.png').toFile('portrait.webp')"
    expect(renamed(code, { made: ['portrait.webp'], given: ['cat.webp'] })).toBe(
      "sharp('cat.webp').toFile('cat (2).webp')",
    )
    const both = { made: ['portrait-gray.png', 'cat-gray.png'], given: ['cat.jpg'] }
    expect(renamed("f('portrait-gray.png', 'cat-gray.png')", both)).toBe("f('cat-gray (2).png', 'cat-gray.png')")
  })

  it('a name without an ending is a file only where it stands alone', () => {
    const names = { inputs: ['data'], made: [], given: ['other'] }
    expect(renamed("f('data', './data', 'all data', 'data: 1'); import x from 'data'", names)).toBe(
      "f('other', './other', 'all data', 'data: 1'); import x from 'data'",
    )
  })

  it('a short stem is replaced only at the start of a name', () => {
    const names = { inputs: ['1.png'], made: ['1-gray.png', 'grid-1-2.png'], given: ['cat.png'] }
    expect(renamed("f('1-gray.png', 'grid-1-2.png')", names)).toBe("f('cat-gray.png', 'grid-1-2.png')")
  })
})

describe('the name of a result', () => {
  const { resultName, resultOf } = renameFiles(
    { inputs: ['portrait.png'], made: ['portrait-gray.png', 'summary.json'] },
    ['portrait-2.jpg'],
  )

  it.for<[string, string]>([
    ['portrait-2-gray.png', 'portrait-2-gray.png'],
    ['portrait-gray.png', 'portrait-2-gray.png'],
    ['portrait-sepia.png', 'portrait-2-sepia.png'],
    ['summary.json', 'summary.json'],
    ['portrait-2.jpg', 'portrait-2.jpg'],
  ])('%s comes out as %s', ([name, out]) => expect(resultName(name)).toBe(out))

  it('is made from the old one where the cells were not rewritten', () => {
    expect(['portrait-gray.png', 'portrait-x.gif', 'summary.json', 'portrait.png'].map(resultOf)).toEqual([
      'portrait-2-gray.png',
      'portrait-2-x.gif',
      'summary.json',
      'portrait-2.jpg',
    ])
  })
})
