/** The tables of the directory that the first step did not make. */

// biome-ignore lint/suspicious/noEmptyInterface: its tables come with its step
export interface DirectorySchema {}
