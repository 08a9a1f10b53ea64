// What the bundler makes of files that are no code: styles are only loaded, pictures become their addresses.
declare module '*.css'
declare module '*.png' {
  const address: string
  export default address
}
