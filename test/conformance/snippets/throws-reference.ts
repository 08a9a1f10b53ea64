// A name that is used before it is there
function early() {
  return later + 1
}
console.log(early())
const later = 1
