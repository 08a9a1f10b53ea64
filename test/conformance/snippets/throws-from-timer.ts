// An error thrown by a timer's callback
setTimeout(() => {
  throw new RangeError('late')
}, 5)
console.log('waiting')
