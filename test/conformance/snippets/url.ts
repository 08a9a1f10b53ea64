// URL and URLSearchParams
const url = new URL('../b/./c?x=1&y=%E4%B8%AD&x=2#frag', 'https://user:pw@例子.测试:8443/a/d/e')
console.log(url.href, url.origin, url.host, url.pathname, url.search, url.hash, url.username, url.port)
console.log(url.searchParams.get('y'), url.searchParams.getAll('x'), [...url.searchParams], url.searchParams.size)
url.searchParams.append('q', 'a b&c')
url.searchParams.delete('x')
url.pathname = '/new path'
url.protocol = 'http:'
url.hash = ''
console.log(String(url), JSON.stringify(url), url)
const params = new URLSearchParams({ b: '2', a: '1', 中: '文' })
params.sort()
params.set('a', '9')
console.log(params.toString(), params, params.has('a', '9'), [...params.keys()], new URLSearchParams('?a=1&a=2&b'), new URLSearchParams([['k', 'v']]))
console.log(URL.canParse('nope'), URL.canParse('/x', 'http://a'), URL.parse('nope'), new URL('file:///a/b%20c.txt').pathname)
for (const bad of ['nope', 'http://', 'http://a b/']) {
  try {
    new URL(bad)
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}
params.forEach((value, key) => console.log(key, value))
