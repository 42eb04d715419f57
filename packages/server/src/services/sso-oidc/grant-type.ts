/** The grants that CreateToken takes. */

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'

export type GrantType = 'authorization_code' | 'refresh_token' | typeof DEVICE_CODE

/** Whether CreateToken takes it. */
export const isGrantType = (text: string): text is GrantType =>
  text === 'authorization_code' || text === 'refresh_token' || text === DEVICE_CODE
