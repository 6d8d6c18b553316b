const TYPED_WITHIN_MS = 10 * 60_000;
const OPEN_FOR_MS = 30 * 60_000;

/** Whether a code that was asked for then can no longer be typed. */
export const isOver = ({ createdAt }: { createdAt: Date }, now: Date) =>
  now.getTime() - createdAt.getTime() > TYPED_WITHIN_MS;

/** Until when what it opened is open. */
export const openUntil = (openedAt: Date) => new Date(openedAt.getTime() + OPEN_FOR_MS);
