/** The tables of applications and trusted token issuers. */

// biome-ignore lint/suspicious/noEmptyInterface: its tables come with its step
export interface ApplicationsSchema {}
