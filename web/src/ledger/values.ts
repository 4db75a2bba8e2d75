/** Small values as Python reads them: white space, and dates that may be partial. */

/** The white space of Python's texts, for a class of a pattern; JavaScript's own is another. */
export const SPACE = "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BLANK = new RegExp(`^[${SPACE}]*$`, "u");
export const isBlank = (text: string): boolean => BLANK.test(text);

const two = (number: number): string => String(number).padStart(2, "0");

/** The first day that a date such as 2020, 2020-09 or 2020-09-30 can mean; null where there is no such date. */
export function firstDay(date: string): string | null {
  const [year, month = "01", day = "01"] = date.split("-");
  return Number(year) && Number(month) && Number(month) <= 12 && Number(day) && Number(day) <= lengthOf(year, month) ? `${year}-${month}-${day}` : null;
}

/** The last day that a date can mean; null where there is no such date. */
export function lastDay(date: string): string | null {
  const [year, month = "12", day] = date.split("-");
  return firstDay(`${year}-${month}-${day ?? two(lengthOf(year, month))}`);
}

function lengthOf(year: string, month: string): number {
  const day = new Date(0);
  day.setUTCFullYear(Number(year), Number(month), 0);
  return day.getUTCDate();
}
