/** Which build of the check this is. The build writes both: a digest of every source it is made of, and the version of Vestige. */

declare const VESTIGE_BUILD: string | undefined;
declare const VESTIGE_VERSION: string | undefined;

export const BUILD: string = typeof VESTIGE_BUILD === "undefined" ? "unbuilt" : VESTIGE_BUILD;
export const VERSION: string = typeof VESTIGE_VERSION === "undefined" ? "unbuilt" : VESTIGE_VERSION;
