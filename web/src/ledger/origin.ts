/** Names of logs, as every reader of a record takes them. */

const LONGEST = 100;

/** Whether a text can name a log: what a URL without its scheme looks like, so that it hides no letter that looks like another. */
export const isOrigin = (origin: unknown): boolean =>
  typeof origin === "string" && origin.length <= LONGEST && /^[a-z0-9.-]+(\/[A-Za-z0-9._-]+)*$/.test(origin);
