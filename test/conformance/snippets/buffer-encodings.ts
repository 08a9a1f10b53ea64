// Buffer in every encoding, both ways, with wrong input
const text = 'Aé中文😀\u0000z'
for (const encoding of ['utf8', 'utf-8', 'utf16le', 'ucs2', 'latin1', 'binary', 'ascii', 'hex', 'base64', 'base64url'] as const) {
  const bytes = Buffer.from(text, encoding)
  console.log(encoding, bytes, Buffer.from(text).toString(encoding), Buffer.byteLength(text, encoding))
}
console.log(Buffer.from('zz11', 'hex'), Buffer.from('1a2', 'hex'), Buffer.from('YQ=b=', 'base64'), Buffer.from('_-8', 'base64').toString('base64'))
console.log(Buffer.from([0xff, 0xfe, 0x41, 0xe4, 0xb8]).toString(), Buffer.from('\ud800x').toString('hex'))
console.log(['utf8', 'UTF-8', 'Hex', 'latin-1', 'gbk', ''].map((name) => Buffer.isEncoding(name)))
console.log(atob('aGk='), btoa('hé'))
console.log(Buffer.from('héllo wörld, 世界').toString('utf8', 1, 9))
console.log(Buffer.from('YWJj ZGVm\n', 'base64').toString(), Buffer.from('ab', 'latin1').equals(Buffer.from('ab')))
