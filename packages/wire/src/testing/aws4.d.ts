/** The part of `aws4` that our tests call; it publishes no types. */

declare module 'aws4' {
  interface Request {
    host?: string
    method?: string
    path?: string
    service?: string
    region?: string
    signQuery?: boolean
    headers?: Record<string, string | number>
    body?: string
  }

  interface Credentials {
    accessKeyId: string
    secretAccessKey: string
    sessionToken?: string
  }

  const aws4: { sign(request: Request, credentials: Credentials): Request }
  export default aws4
}
