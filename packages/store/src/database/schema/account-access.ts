/** The tables of permission sets, their provisioning and their assignments that the first step did not make. */

// biome-ignore lint/suspicious/noEmptyInterface: its tables come with its step
export interface AccountAccessSchema {}
