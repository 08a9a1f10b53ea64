// node:path: everything that does not depend on the working directory
import path, { basename, dirname, extname, join, normalize, parse, format, isAbsolute, sep, delimiter, posix, relative } from 'node:path'

console.log(join('a', '..', 'b', './c.txt'), join('', ''), join('/a', '../../b'), normalize('/x//y/../z/'), normalize(''))
console.log(basename('/a/b.tar.gz'), basename('/a/b.txt', '.txt'), basename('a/'), dirname('/a/b/c'), dirname('a'), extname('.bashrc'), extname('a.b.c'), extname('x.'))
console.log(parse('/home/u/文件.txt'), parse('rel'), format({ dir: '/d', name: 'n', ext: '.e' }), format({ root: '/', base: 'b' }), format({ name: 'n', ext: 'e' }))
console.log(isAbsolute('/a'), isAbsolute('a'), sep, delimiter, posix === path, posix.sep)
console.log(relative('/a/b/c', '/a/d'), relative('/a', '/a'), path.resolve('/x', '../y', 'z'), path.matchesGlob?.('a/b.png', 'a/*.png'))
console.log(relative('x/y', 'x/z/w'), path.basename(path.resolve('here.txt')))
for (const attempt of [() => join(5 as never), () => basename(null), () => extname(undefined), () => format('x' as never)]) {
  try {
    attempt()
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}
console.log(Object.keys(path).sort())
