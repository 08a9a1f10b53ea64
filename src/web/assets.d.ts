// Types of the bundler's asset imports: a style sheet has no exports, a picture becomes its URL.
declare module '*.css'
declare module '*.png' {
  const address: string
  export default address
}
