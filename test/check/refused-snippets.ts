// Snippets that must fail or silently go wrong, as models write them: none is run, and each gets a reason.

/** Snippets that are not run: what each demonstrates, its code, and the message. */
export const REFUSED: readonly (readonly [string, string, RegExp])[] = [
  [
    'a condition that is a promise of the snippet',
    "const isReady = async () => false\nif (isReady()) console.log('ready')",
    /always true, as 'isReady' returns a promise\. Did you forget await\?/,
  ],
  [
    'a condition that is a promise of a module',
    "import { readdir } from 'node:fs/promises'\nwhile (!readdir('.')) break",
    /always false, as 'readdir' returns a promise\. Did you forget await\?/,
  ],
  [
    'a member that sharp does not have',
    "import sharp from 'sharp'\nconst p = sharp('photo.png')\nawait p.greyscal().toFile('o.png')",
    /'greyscal' does not exist on type 'Sharp'\. Did you mean 'greyscale'\?/,
  ],
  [
    'a method of Python',
    "import sharp from 'sharp'\nawait sharp('photo.png').save('o.png')",
    /'save' does not exist on type 'Sharp'/,
  ],
  [
    'a member of the canvas',
    "import { createCanvas } from 'canvas'\ncreateCanvas(9, 9).getContext('2d').drawCircle(1, 1, 1)",
    /'drawCircle' does not exist on type 'SKRSContext2D'/,
  ],
  ['a member of a module', "import * as fs from 'fs'\nfs.readFileAsync('a')", /'readFileAsync' does not exist/],
  [
    'an export that is not there',
    "import { resize } from 'easel'\nawait resize('photo.png')",
    /has no exported member (?:named )?'resize'/,
  ],
  [
    'a nearly right option of sharp',
    "import sharp from 'sharp'\nawait sharp('photo.png').resize({ widht: 5 }).toFile('o.png')",
    /Did you mean to write 'width'\?/,
  ],
  [
    'a value that sharp does not know',
    "import sharp from 'sharp'\nawait sharp('photo.png').resize(5, 5, { fit: 'covr' }).toFile('o.png')",
    /'covr' is not one of the allowed values: 'contain', 'cover', 'fill', 'inside', 'outside'\. Did you mean 'cover'\?/,
  ],
  [
    'a text where sharp needs a number',
    "import sharp from 'sharp'\nawait sharp('photo.png').blur('strong').toFile('o.png')",
    /'"strong"' is not assignable/,
  ],
  [
    'one where sharp needs a list',
    "import sharp from 'sharp'\nawait sharp('photo.png').composite('b.png').toFile('o.png')",
    /not assignable to parameter of type 'OverlayOptions\[\]'/,
  ],
  [
    'a number where easel needs a text',
    "import { label } from 'easel'\nawait label('photo.png', 5)",
    /'number' is not assignable to parameter of type 'string'/,
  ],
  [
    'a chart of a kind that is not there',
    "import { chart } from 'easel'\nawait chart({ type: 'histogram', data: { datasets: [] } })",
    /'histogram' is not one of the allowed values: 'bar', 'barWithErrorBars', 'boxplot', 'bubble'/,
  ],
  [
    'a position that is not there',
    "import { label } from 'easel'\nawait label('photo.png', 'a', { position: 'botom' })",
    /Did you mean 'bottom'\?/,
  ],
  [
    'a missing await before a member',
    "import sharp from 'sharp'\nconst m = sharp('photo.png').metadata()\nconsole.log(m.width)",
    /Did you forget await\?|Did you forget to use 'await'\?/,
  ],
  [
    'a missing await before a method',
    "import { label } from 'easel'\nawait label('photo.png', 'a').toFile('o.png')",
    /await/,
  ],
  [
    'a missing await in a loop',
    "import { readdir } from 'fs/promises'\nfor (const name of readdir('.')) console.log(name)",
    /await/,
  ],
  ['a missing await in a sum', 'const f = async () => 1\nconsole.log(f() + 1, f() * 2)', /await/],
  [
    'a missing await in an argument',
    "import { createCanvas, loadImage } from 'canvas'\ncreateCanvas(9, 9).getContext('2d').drawImage(loadImage('photo.png'), 0, 0)",
    /await/,
  ],
  [
    'a missing await before a destructuring',
    "import { readTable } from 'easel'\nconst { rows } = readTable('people.csv')\nconsole.log(rows.length)",
    /await/,
  ],
  ['a name that is nowhere', 'console.log(undefinedThing + 1)', /Cannot find name 'undefinedThing'/],
  ['a name that was not imported', "await sharp('photo.png').toFile('o.png')", /Write: import sharp from 'sharp'/],
  ['a package that is not installed', "import _ from 'lodash'\nconsole.log(_.sum([1]))", /'lodash' cannot be imported/],
  ['a constant that is changed', 'const n = 1\nn = 2', /Cannot assign to 'n'/],
  ['an enum', 'enum A { B }\nconsole.log(A.B)', /erasableSyntaxOnly|enum/],
  ['a syntax error', 'const a = (1 + 2\nconsole.log(a)', /never closed|expected/],
  [
    'Python',
    "import pandas as pd\ndf = pd.read_csv('people.csv')\nprint(df.head())",
    /^Cells are TypeScript; for pandas use readTable/,
  ],
  ['Python without imports', "df = pd.read_csv('people.csv')", /'df'/],
  ['Python with blocks', "from PIL import Image\nfor i in range(3):\n    print(f'{i}')", /^Cells are TypeScript/],
  ['a print', "print('hello')", /Cannot find name 'print'\. Cells are TypeScript/],
]
