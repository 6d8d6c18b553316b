import "server-only";
import { say } from "@ringfence/core/platform/message";
import { toLoggedError } from "@ringfence/services/error-in-log";
import { unstable_rethrow } from "next/navigation";
import { getLocale } from "next-intl/server";
import { plainPage } from "./plain-page";

/** Redirects to another page with GET (RFC 9110, 15.4.4). */
export const seeOther = (path: string) =>
  new Response(null, { status: 303, headers: { location: path, "cache-control": "no-store" } });

/**
 * Answers a form of a public page. Such addresses never change between releases, so that a page left open
 * during an update still records an opt-out. If the server fails, a page without database or scripts says
 * that nothing is on record yet.
 */
export async function answerPublic(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    console.error(toLoggedError(error));
    return notRecorded(503, "stop.try-again");
  }
}

/** Rejects a form that is larger than any of ours. */
export const formTooLarge = () => notRecorded(413, "stop.too-large");

async function notRecorded(status: number, why: "stop.try-again" | "stop.too-large") {
  const locale = await getLocale();
  const [title, body] = [say(locale, { key: "stop.not-recorded" }), say(locale, { key: why })];
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return new Response(plainPage(locale, title, body), { status, headers });
}
