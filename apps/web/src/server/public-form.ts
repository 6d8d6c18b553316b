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
import { cookies, headers } from "next/headers";
import { z } from "zod";
import { publicCookie } from "./cookies";
import { installation } from "./installation";
import { log } from "./log";
import { renderPlainPage } from "./incoming-requests";

/**
 * Loads the subject of a public page. Any error of a service but `invalid` becomes a 404, so that nothing is
 * revealed.
 */
export async function orNotFound<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof ServiceError && error.code !== "invalid") notFound();
    throw error;
  }
}

/** Context of the person who fills in the form at an address. */
export const createVisitorContext = (address: string) => createFormContext(installation(), address);

/** Reads a form for its hosted page. A form that is printed or read out has a page of its own. */
export const loadHostedForm = cache((address: string) =>
  orNotFound(async () => {
    try {
      return await readHostedForm(createVisitorContext(address));
    } catch (error) {
      const isPrinted =
        error instanceof ServiceError && error.explanation.key === "form.not-on-page";
      if (isPrinted) redirect(`/f/${address}/paper`);
      throw error;
    }
  }),
);

/** Reads a form as it was printed or read out, by default in its latest version. */
export const loadPrintedForm = cache((address: string, version: number | null) =>
  orNotFound(async () => readPrintedForm(createVisitorContext(address), version)),
);

/** Opens a form with a token to send it once. `describe` lists what the page shows. */
export async function openForm(address: string, describe: (form: ShownForm) => HostedPage) {
  const form = await loadHostedForm(address);
  const shown = { version: form.version, page: describe(form) };
  return {
    form,
    ...(await orNotFound(() => openHostedForm(createVisitorContext(address), shown))),
  };
}

/** Opens a confirmation on behalf of the person who has its link. */
export const loadConfirmation = (link: string) =>
  orNotFound(() => openConfirmation(installation(), link));

/** Redirects to another page of ours with GET (RFC 9110, 15.4.4). `path` is not checked. */
export const redirectWithGet = (path: string) =>
  new Response(null, { status: 303, headers: { location: path } });

/**
 * Answers a form of a public page. Such addresses never change between releases, so that a page left open
 * during an update still records an opt-out. If the server fails, a page without database or scripts says
 * that nothing is on record yet. `kind` chooses the words.
 */
export async function answerPublic(
  work: () => Promise<Response>,
  kind: PublicFormKind = "opt-out",
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    unstable_rethrow(error);
    log.error({ err: error }, "a public form was not answered");
    return notRecorded(503, words[kind].failed, kind);
  }
}

/** Answers a form that is larger than any of ours, and says that nothing is on record. */
export const formTooLarge = (kind: PublicFormKind = "opt-out") =>
  notRecorded(413, words[kind].tooLarge, kind);

type PublicFormKind = "opt-out" | "weekly report";

/** Messages for a form that had no effect, by the kind of form. */
const words = {
  "opt-out": { title: "stop.not-recorded", failed: "stop.try-again", tooLarge: "stop.too-large" },
  "weekly report": {
    title: "report.not-stopped",
    failed: "report.try-again",
    tooLarge: "report.too-large",
  },
} as const;
type Words = (typeof words)[PublicFormKind];

async function notRecorded(
  status: number,
  why: Words["failed" | "tooLarge"],
  kind: PublicFormKind,
) {
  const locale = await getLocale();
  const title = say(locale, { key: words[kind].title });
  const body = say(locale, { key: why });
  const headers = { "content-type": "text/html; charset=utf-8" };
  return new Response(renderPlainPage(locale, title, body), { status, headers });
}

/** Far more than a person types or a mail program sends. */
const MAX_BYTES = 64 * 1024;

/**
 * Parses the form of a request; empty if it is not a form, null if it is longer than 64 KiB. Parsing a large one
 * would block all other requests.
 */
export async function parseSmallForm({ body, headers }: Request): Promise<FormData | null> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) return null;
    chunks.push(chunk);
  }
  const type = headers.get("content-type") ?? "";
  const copy = new Response(new Blob(chunks), { headers: { "content-type": type } });
  return copy.formData().catch(() => new FormData());
}

/** Address and browser of the client. `trustAddress` has checked the address. */
export async function readRequester() {
  const seen = await headers();
  return { ip: seen.get("x-forwarded-for") ?? "", userAgent: seen.get("user-agent") ?? "" };
}

const requests = countRequests(60, 60, () => performance.now());

/**
 * Counts an address's requests per minute, for IPv6 by /64. The limit leaves room for an office that
 * shares one.
 */
const countRequest = (ip: string) => requests(findNetwork(ip) ?? "unknown");

/** Counts a request, and is true if its address sends more than people do. */
export const isTooMany = (ip: string) => countRequest(ip).isSpent;

/**
 * Counts a page view, and rejects too many from one address; null allows the request. Opt-outs are never rejected
 * this way.
 */
export async function rejectTooManyRequests(): Promise<Response | null> {
  const { isSpent, resetSeconds } = countRequest((await readRequester()).ip);
  const headers = { "retry-after": String(resetSeconds) };
  return isSpent ? new Response(null, { status: 429, headers }) : null;
}

/** Faults by field, and the typed values, so that the person need not type them again. */
const FormState = z.object({
  faults: z.record(z.string(), z.string()),
  given: z.record(z.string(), z.string()),
});
export type FormState = z.infer<typeof FormState>;

export const noFormState: FormState = { faults: {}, given: {} };

const STATE_COOKIE = "form";
const STATE_SECONDS = 60;

/**
 * Stores the state of a public form in the person's browser for a minute, because typed data must not
 * appear in an address.
 */
export async function saveFormState(path: string, state: FormState) {
  (await cookies()).set(STATE_COOKIE, JSON.stringify(state), publicCookie(path, STATE_SECONDS));
}

/** Reads the state that `saveFormState` stored for the page; empty if there is none. */
export async function readFormState(): Promise<FormState> {
  const kept = (await cookies()).get(STATE_COOKIE)?.value ?? "";
  try {
    return FormState.parse(JSON.parse(kept));
  } catch {
    return noFormState;
  }
}
