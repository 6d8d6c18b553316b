"use server";

import { Complain } from "@ringfence/core/desk/complaint";
import { say } from "@ringfence/core/platform/message";
import { complain } from "@ringfence/services/desk/complaint";
import { ServiceError } from "@ringfence/services/errors";
import { getLocale } from "next-intl/server";
import { redirect } from "next/navigation";
import { typedText } from "@/components/typed-text";
import { inAskedLanguage } from "@/server/asked-language";
import { forgetDraft, keepDraft, unsealOwner } from "@/server/kept-draft";
import { keepState } from "@/server/kept-state";
import { openedOwn, visitingOwn } from "@/server/own-record";
import { safePath } from "@/server/safe-path";

const MOST_TEXT = 2_000;

/**
 * Takes what a person complains of, about one call or in general, while their record is open. What they
 * wrote is kept in their browser where it could not be taken: to be sent after another code, of the same
 * phone. `owner` is whose page it was written on: never is it sent for who has come to the browser since.
 */
export async function sendComplaint(
  { address, owner, callId }: { address: string; owner: string; callId: string | null },
  data: FormData,
) {
  const { organizationId } = await visitingOwn(address);
  const opened = await openedOwn(organizationId);
  const path = `/my/${address}`;
  const text = typedText(data, "text");
  const { data: complaint } = Complain.safeParse({ text, ...(callId !== null && { callId }) });
  const phoneId = await unsealOwner(owner);
  const isTheirs = phoneId !== null && opened?.ctx.actor.phoneId === phoneId;
  if (text !== "" && phoneId !== null) {
    await keepDraft(address, { text: text.slice(0, MOST_TEXT), callId, phoneId });
  }
  if (opened === null || !isTheirs || complaint === undefined || text === "") {
    redirect(safePath(await inAskedLanguage(path)));
  }
  try {
    await complain(opened.ctx, complaint);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const faults = { "/text": say(await getLocale(), error.explanation) };
    await keepState(path, { faults, given: {} });
    redirect(safePath(await inAskedLanguage(path, { again: "true" })));
  }
  await forgetDraft(address);
  redirect(safePath(await inAskedLanguage(path, { complained: "true" })));
}
