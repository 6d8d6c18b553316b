import type { Message } from "@ringfence/core/platform/message";
import { errors } from "playwright-core";
import { ServiceError } from "../../platform/errors.ts";
import { LOAD_MS } from "./limits.ts";

/** Why a page could not be looked at. @throws what is no fault of the page */
export function faultOf(error: unknown, url: string, refused: ReadonlySet<string>): Message {
  if (error instanceof ServiceError) return error.explanation;
  const { host } = new URL(url);
  if (error instanceof errors.TimeoutError) {
    return { key: "form-run.timeout", values: { seconds: LOAD_MS / 1_000 } };
  }
  const code = error instanceof Error ? /net::(ERR_\w+)/.exec(error.message)?.[1] : undefined;
  if (code === undefined) throw error;
  if (refused.has(host)) return { key: "form-run.private-host", values: { host } };
  return { key: "form-run.unreachable", values: { host, code } };
}

/** A page that was answered with an error: by its server, or by our proxy in its place. */
export function statusFault(url: string, status: number, refused: ReadonlySet<string>): Message {
  const { host } = new URL(url);
  return refused.has(host)
    ? { key: "form-run.private-host", values: { host } }
    : { key: "form-run.status", values: { host, status } };
}
