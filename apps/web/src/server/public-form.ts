import "server-only";
import type { HostedPage } from "@ringfence/core/consents/capture-form";
import {
  type ShownForm,
  createFormContext,
  openHostedForm,
  readHostedForm,
  readPrintedForm,
} from "@ringfence/services/consents/capture-form";
import { openConfirmation } from "@ringfence/services/consents/confirmation";
import { ServiceError } from "@ringfence/services/errors";
import { notFound, redirect, unstable_rethrow } from "next/navigation";
import { cache } from "react";
import { say } from "@ringfence/core/platform/message";
import { getLocale } from "next-intl/server";
import { countRequests } from "@ringfence/services/count-requests";
import { findNetwork } from "@ringfence/services/platform/network";
import { headers } from "next/headers";
import { installation } from "./installation";
import { log } from "./log";
import { plainPage } from "./incoming-requests";

/** Awaits the subject of a public page, or answers 404. */
export async function orNotFound<T>(asked: () => Promise<T>): Promise<T> {
  try {
    return await asked();
  } catch (error) {
    if (error instanceof ServiceError && error.code !== "invalid") notFound();
    throw error;
  }
}

/** Context of the person who fills in the form at an address. */
export const formAt = (address: string) => createFormContext(installation(), address);

/** Reads a form for its hosted page. A form that is printed or read out has a page of its own. */
export const hostedForm = cache((address: string) =>
  orNotFound(async () => {
    try {
      return await readHostedForm(formAt(address));
    } catch (error) {
      const isPrinted =
        error instanceof ServiceError && error.explanation.key === "form.not-on-page";
      if (isPrinted) redirect(`/f/${address}/paper`);
      throw error;
    }
  }),
);

/** Reads a form as it was printed or read out, by default in its latest version. */
export const printedForm = cache((address: string, version: number | null) =>
  orNotFound(async () => readPrintedForm(formAt(address), version)),
);

/** Opens a form with a token to send it once. `describe` lists what the page shows. */
export async function openForm(address: string, describe: (form: ShownForm) => HostedPage) {
  const form = await hostedForm(address);
  const shown = { version: form.version, page: describe(form) };
  return { form, ...(await orNotFound(() => openHostedForm(formAt(address), shown))) };
}

/** Opens a confirmation on behalf of the person who has its link. */
export const answering = (link: string) => orNotFound(() => openConfirmation(installation(), link));

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
    log.error({ err: error }, "a public form was not answered");
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

/** Far more than a person types or a mail program sends. */
const BYTES_MAX = 64 * 1024;

/**
 * Parses the form of an anonymous request; empty if it is not a form, null if it is too large. Parsing a
 * large one would block all other requests.
 */
export async function smallForm({ body, headers }: Request): Promise<FormData | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BYTES_MAX) return null;
    chunks.push(chunk);
  }
  const type = headers.get("content-type") ?? "";
  const copy = new Response(new Blob(chunks), { headers: { "content-type": type } });
  return copy.formData().catch(() => new FormData());
}

/** Address and browser of the client. `trustAddress` has checked the address. */
export async function seenRequest() {
  const seen = await headers();
  return { ip: seen.get("x-forwarded-for") ?? "", userAgent: seen.get("user-agent") ?? "" };
}

const requests = countRequests(60, 60, () => performance.now());

/**
 * Counts an address's requests per minute, for IPv6 by /64. The limit leaves room for an office that
 * shares one.
 */
const take = (ip: string) => requests(findNetwork(ip) ?? "unknown");

/** True if an address sends more than people do. */
export const isTooMany = (ip: string) => take(ip).isSpent;

/**
 * Rejects too many page views from one address; null allows the request. Opt-outs are never rejected this
 * way.
 */
export async function tooMany(): Promise<Response | null> {
  const { isSpent, resetSeconds } = take((await seenRequest()).ip);
  const headers = { "retry-after": String(resetSeconds) };
  return isSpent ? new Response(null, { status: 429, headers }) : null;
}
