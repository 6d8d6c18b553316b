import { type Locale, type Message, say } from "@ringfence/core/platform/message";
import { toLoggedError } from "../logged-error.ts";

/**
 * Thrown when no process may start: the keys in RINGFENCE_KEY_DIR are not those of the database, it has no tables, or it
 * has lost opt-outs.
 */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
  /** The reasons, to be shown in the reader's language. */
  readonly faults: readonly Message[];

  constructor(faults: readonly Message[]) {
    super(faults.map((fault) => say("en", fault)).join("\n"));
    this.faults = faults;
  }

  in(locale: Locale): string {
    return this.faults.map((fault) => say(locale, fault)).join("\n");
  }
}

/** Converts an error of a start to what the operator reads. */
export const formatStartError = (error: unknown, locale: Locale) =>
  error instanceof StartRefused ? error.in(locale) : toLoggedError(error);
