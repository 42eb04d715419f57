/** The managed policy beyond which a role or a user cannot go, as IAM shows it. */

/** To be spread into what is shown: empty where there is none. */
export const describeBoundary = (arn: string | undefined) =>
  arn === undefined
    ? {}
    : {
        PermissionsBoundary: {
          PermissionsBoundaryType: 'PermissionsBoundaryPolicy' as const,
          PermissionsBoundaryArn: arn,
        },
      }
