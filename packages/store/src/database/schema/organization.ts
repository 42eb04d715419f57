/** The tables of the organization: its units, its policies, its delegated administrators. */

// biome-ignore lint/suspicious/noEmptyInterface: its tables come with its step
export interface OrganizationSchema {}
