/** RFC 3339 §5.6 `full-date`: `2024-02-29`, with the days that the month of that year has. */
export function isDate(value: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year);
}

/** RFC 3339 §5.6 `full-time`: `09:30:00.5Z`, `23:59:60+00:00`. A leap second is 23:59:60 in UTC. */
export function isTime(value: string): boolean {
  const match = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|([+-])(\d\d):(\d\d))$/i.exec(value);
  if (match === null) return false;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [offsetHour, offsetMinute] = [Number(match[5] ?? 0), Number(match[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
  if (second < 60) return true;
  const offset = (offsetHour * 60 + offsetMinute) * (match[4] === "-" ? -1 : 1);
  return (hour * 60 + minute - offset + 2 * 1440) % 1440 === 1439;
}

/** RFC 3339 §5.6 `date-time`: a date, `T` (or `t`, or a space, which the note there allows), and a time. */
export function isDateTime(value: string): boolean {
  const separator = value[10];
  return (
    (separator === "T" || separator === "t" || separator === " ") &&
    isDate(value.slice(0, 10)) &&
    isTime(value.slice(11))
  );
}

/** RFC 3339 appendix A: `P3Y6M4DT12H30M5S`, `P2W`. Units may not be skipped: `P1Y2D` is none. */
export function isDuration(value: string): boolean {
  return (
    /^P(?:\d+W|(?:\d+Y(?:\d+M(?:\d+D)?)?|\d+M(?:\d+D)?|\d+D)?(?:T(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S))?)$/.test(
      value,
    ) && value !== "P"
  );
}

function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
