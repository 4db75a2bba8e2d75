/**
 * Days by which an answer is due. A page says whether the day had passed when it was made, and when that was; whether it has passed since
 * is told by the reader's own clock, once it is over in every time zone.
 */

const HOUR = 3_600_000;

/** Whether a day (ISO 8601) is over everywhere on Earth: its last hour is that of UTC-12. */
export const isOver = (day: string, now: number): boolean => now > Date.parse(`${day}T00:00:00Z`) + 36 * HOUR;

export function begin(mark: HTMLElement): void {
  const over = isOver(mark.dataset.day ?? "", Date.now());
  const [whenMade, now] = mark.children as unknown as HTMLElement[];
  whenMade.hidden = over;
  now.hidden = !over;
}
