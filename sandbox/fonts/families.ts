// The shipped font families with their aliases: each common font name maps to a family of the same kind.

/** The location of a face: a package, and the file's path relative to the folder of the package's entry. */
export interface FontFace {
  readonly package: string
  readonly file: string
}

/** A family that ships with the product. */
export interface FontFamily {
  readonly name: string
  /** The family name inside the font files, where it differs. */
  readonly ownName?: string
  readonly regular: FontFace
  readonly bold?: FontFace
  readonly italic?: FontFace
  readonly boldItalic?: FontFace
  /** Other names for it, as written in CSS. */
  readonly aliases: readonly string[]
}

/** The default and first fallback family; its Latin letters are Source Sans. */
const FONT_FAMILY = 'Noto Sans SC'

const noto = (weight: string): FontFace => ({
  package: '@embedpdf/fonts-sc',
  file: `../fonts/NotoSansHans-${weight}.otf`,
})
const google = (folder: string, name: string, style: string): FontFace => ({
  package: `@expo-google-fonts/${folder}`,
  file: `${style}/${name}_${style}.ttf`,
})
const fourStyles = (folder: string, name: string): Omit<FontFamily, 'name' | 'aliases'> => ({
  regular: google(folder, name, '400Regular'),
  bold: google(folder, name, '700Bold'),
  italic: google(folder, name, '400Regular_Italic'),
  boldItalic: google(folder, name, '700Bold_Italic'),
})
const names = (...lines: string[]): string[] => lines.flatMap((line) => line.split(', '))

/** All shipped families; each alias belongs to only one. */
export const FONT_FAMILIES: readonly FontFamily[] = [
  {
    name: FONT_FAMILY,
    ownName: 'Noto Sans S Chinese',
    regular: noto('Regular'),
    bold: noto('Bold'),
    aliases: names(
      'sans-serif, sans, system-ui, ui-sans-serif, ui-rounded, math, -apple-system, BlinkMacSystemFont',
      'Arial, Helvetica, Helvetica Neue, Verdana, Tahoma, Geneva, Trebuchet MS, Lucida Sans, Lucida Sans Unicode',
      'Lucida Grande, Calibri, Candara, Corbel, Segoe UI, Optima, Futura, Avenir, Avenir Next, Gill Sans',
      'Century Gothic, Franklin Gothic Medium, San Francisco, SF Pro, SF Pro Text, SF Pro Display, Liberation Sans',
      'DejaVu Sans, Bitstream Vera Sans, Ubuntu, FreeSans, Nimbus Sans, Roboto, Inter, Open Sans, Lato',
      'Montserrat, Poppins, Nunito, Nunito Sans, Raleway, Work Sans, Rubik, Noto Sans, Fira Sans, IBM Plex Sans',
      'PT Sans, DM Sans, Manrope, Quicksand, Mulish, Karla, Barlow, Source Sans Pro, Source Sans 3, Carlito, Arimo',
      'Noto Sans CJK SC, Noto Sans CJK, Source Han Sans SC, Source Han Sans, Microsoft YaHei, 微软雅黑, SimHei, 黑体',
      'PingFang SC, 苹方, Heiti SC, STHeiti, 华文黑体',
      'DengXian, 等线, WenQuanYi Micro Hei, WenQuanYi Zen Hei, Hiragino Sans GB',
      'Hiragino Sans, Yu Gothic, Meiryo, MS Gothic, Noto Sans JP',
    ),
  },
  {
    // Supplies the Latin letters that the first family lacks (Polish, Czech, Turkish ...) in a similar design.
    name: 'Cantarell',
    ...fourStyles('cantarell', 'Cantarell'),
    aliases: [],
  },
  {
    name: 'Gelasio',
    ...fourStyles('gelasio', 'Gelasio'),
    aliases: names(
      'serif, ui-serif, Georgia, Times New Roman, Times, Garamond, EB Garamond, Cormorant Garamond, Palatino',
      'Palatino Linotype, Book Antiqua, Baskerville, Libre Baskerville, Cambria, Constantia, Didot, Bodoni MT',
      'Century Schoolbook, Century, Hoefler Text, Rockwell, Perpetua, Playfair Display, Merriweather, Lora, Crimson Text',
      'Crimson Pro, Bitter, Noto Serif, PT Serif, DejaVu Serif, Liberation Serif, FreeSerif, Nimbus Roman, Tinos',
      'Source Serif Pro, Source Serif 4, IBM Plex Serif, Roboto Slab, Roboto Serif',
    ),
  },
  {
    name: 'Cousine',
    ...fourStyles('cousine', 'Cousine'),
    aliases: names(
      'monospace, ui-monospace, mono, Courier New, Courier, Consolas, Menlo, Monaco, SF Mono, SFMono-Regular',
      'Andale Mono, Lucida Console, Lucida Sans Typewriter, American Typewriter, Fixedsys, Terminal, Noto Mono',
      'Noto Sans Mono, DejaVu Sans Mono, Liberation Mono, Ubuntu Mono, FreeMono, Nimbus Mono, Fira Code, Fira Mono',
      'JetBrains Mono, Source Code Pro, Roboto Mono, IBM Plex Mono, Cascadia Code, Cascadia Mono, Inconsolata',
      'Space Mono, PT Mono, Anonymous Pro, Hack, Overpass Mono, Geist Mono',
    ),
  },
  {
    name: 'Anton',
    regular: google('anton', 'Anton', '400Regular'),
    aliases: names(
      'Impact, fantasy, Haettenschweiler, Arial Narrow Bold, Helvetica Neue Condensed Black, Franklin Gothic Heavy',
      'Oswald, Bebas Neue, League Gothic, Fjalla One, Passion One, Alfa Slab One, Bangers, Charcoal',
    ),
  },
  {
    name: 'Patrick Hand',
    regular: google('patrick-hand', 'PatrickHand', '400Regular'),
    aliases: names(
      'cursive, handwriting, Comic Sans MS, Comic Sans, Comic Neue, Chalkboard, Chalkboard SE, Chalkduster, Marker Felt',
      'Bradley Hand, Bradley Hand ITC, Noteworthy, Segoe Print, Segoe Script, Ink Free, Lucida Handwriting, Kristen ITC',
      'Brush Script MT, Brush Script, Apple Chancery, Snell Roundhand, Zapfino, Monotype Corsiva, Caveat, Kalam, Handlee',
      'Dancing Script, Pacifico, Indie Flower, Shadows Into Light, Permanent Marker, Satisfy, Great Vibes, Lobster',
      'Amatic SC, Gloria Hallelujah, Architects Daughter, Sacramento',
    ),
  },
  {
    name: 'Noto Color Emoji',
    regular: google('noto-color-emoji', 'NotoColorEmoji', '400Regular'),
    aliases: names('emoji, Apple Color Emoji, Segoe UI Emoji, Twemoji, Twemoji Mozilla, EmojiOne, Noto Emoji'),
  },
]

/** Names for the bold weight of the default family. */
export const BLACK_ALIASES: readonly string[] = ['Arial Black', 'Arial Bold', 'Helvetica Bold', 'Segoe UI Black']

/** Fallback families for characters that a text's own font lacks, in order. */
export const FALLBACKS: readonly string[] = [FONT_FAMILY, 'Cantarell', 'Gelasio', 'Cousine', 'Noto Color Emoji']

/** The packages that contain the font files. */
export function fontPackages(): Set<string> {
  return new Set(FONT_FAMILIES.map(({ regular }) => regular.package))
}
