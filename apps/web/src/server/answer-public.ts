import "server-only";
import { say } from "@ringfence/core/platform/message";
import { toLoggedError } from "@ringfence/services/error-in-log";
import { unstable_rethrow } from "next/navigation";
import { getLocale } from "next-intl/server";
import { plainPage } from "./plain-page";

/** Goes on to another page, which is asked for anew (RFC 9110, 15.4.4). */
export const seeOther = (path: string) =>
  new Response(null, { status: 303, headers: { location: path, "cache-control": "no-store" } });

/**
 * Answers a form of a page for people, at an address that stays the same from release to release: a page
 * that somebody has open over an update still refuses. Where we fail, they are told that nothing is on
 * record yet, by a page that needs neither our database nor scripts.
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

/** Answers a form that is larger than any of ours. */
export const formTooLarge = () => notRecorded(413, "stop.too-large");

async function notRecorded(status: number, why: "stop.try-again" | "stop.too-large") {
  const locale = await getLocale();
  const [title, body] = [say(locale, { key: "stop.not-recorded" }), say(locale, { key: why })];
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
  return new Response(plainPage(locale, title, body), { status, headers });
}
