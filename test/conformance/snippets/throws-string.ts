// A thrown string
console.error('about to throw')
throw 'plain words'
