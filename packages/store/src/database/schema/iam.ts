/** The tables of roles and policies in local accounts. */

// biome-ignore lint/suspicious/noEmptyInterface: its tables come with its step
export interface IamSchema {}
