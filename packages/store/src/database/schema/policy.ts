/** The tables of what policies allow. */

// biome-ignore lint/suspicious/noEmptyInterface: its tables come with its step
export interface PolicySchema {}
