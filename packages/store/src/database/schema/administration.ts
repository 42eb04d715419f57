/** The tables of settings, e-mail and the audit chain. */

// biome-ignore lint/suspicious/noEmptyInterface: its tables come with its step
export interface AdministrationSchema {}
