/** What the bundler makes of a file that is not code: its address. */
declare module '*.svg' {
  const address: string
  export default address
}
declare module '*.css'
declare module '@cloudscape-design/global-styles/index.css'
