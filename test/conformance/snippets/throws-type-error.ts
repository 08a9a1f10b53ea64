// A mistake that nobody catches: TypeError
const rows: any[] = [{ name: 'a' }]
console.log('reached')
console.log(rows[1].name)
