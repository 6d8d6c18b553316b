import type { LoggedCall, ZonedLog } from "./call-log.ts";
import { readAsteriskCdr } from "./read-asterisk-cdr.ts";
import { readVicidialLog } from "./read-vicidial-log.ts";

/** Reads a row of a dialer's log, by the names of its columns. */
export function readLoggedCall(sent: unknown, log: ZonedLog): LoggedCall {
  return log.shape === "vicidial" ? readVicidialLog(sent, log) : readAsteriskCdr(sent, log);
}
