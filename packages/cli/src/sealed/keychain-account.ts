/** What the entry in the keychain is called. */

/** One for each home and key, so that none takes another's place. */
export const keychainAccount = ({ home }: { readonly home: string }, keyId: string): string => `${home} ${keyId}`
