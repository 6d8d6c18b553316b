/**
 * An age as people count it, in days that have passed. What is past its limit by an hour is told as a
 * day more, so that it never reads as though it were within.
 */
export const wholeDays = (ageDays: number, limitDays: number) =>
  ageDays > limitDays ? Math.max(Math.floor(ageDays), limitDays + 1) : Math.floor(ageDays);
