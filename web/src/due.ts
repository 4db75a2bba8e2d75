/**
 * Days by which an answer is due. A page is made at no day, so that it stays true; whether a day has passed is told by the reader's own
 * clock, a whole day after it in every time zone.
 *
 * Without this script the day stands there, and nothing is said of today.
 */

const HOUR = 3_600_000;

/** Whether a day (ISO 8601) is over everywhere on Earth: its last hour is that of UTC-12. */
export const isOver = (day: string, now: number): boolean => now > Date.parse(`${day}T00:00:00Z`) + 36 * HOUR;

export function begin(mark: HTMLElement): void {
  mark.hidden = !isOver(mark.dataset.day ?? "", Date.now());
}
