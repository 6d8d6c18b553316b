import { DAY_MS } from "../../platform/time/index.ts";
import type { Severity } from "./violation-cause.ts";

/** Within how many days somebody has to have settled it. */
const days = { grave: 1, serious: 3, minor: 14 } as const satisfies Record<Severity, number>;

/** Until when a violation is to be settled that was found at this instant. */
export const dueAt = (severity: Severity, foundAt: Date) =>
  new Date(foundAt.getTime() + days[severity] * DAY_MS);
