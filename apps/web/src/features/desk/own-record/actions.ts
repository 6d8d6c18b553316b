"use server";
import { CallPreferences } from "@ringfence/core/do-not-call/call-preference";
import { type Message, say, toFaults } from "@ringfence/core/platform/message";
import {
  type OwnRecordOpened,
  chooseCallPreferences,
  confirmPersonCode,
  declineTopics,
  openByHandedCode,
  requestPersonCode,
  withdrawOwnConsent,
} from "@ringfence/services/desk/own-record";
import { getLocale } from "next-intl/server";
import { redirect } from "next/navigation";
import { typedText } from "@/components/typed-text";
import { addRequestedLanguage } from "@/server/request-path";
import { saveFormState } from "@/server/public-form";
import {
  deleteDraft,
  closeOpenedRecord,
  saveDraft,
  saveOpenedRecord,
  findOpenedRecord,
  unsealOwner,
  loadOwnPage,
} from "@/server/own-record";
import { safePath } from "@/server/safe-path";
import { isTooMany, readRequester } from "@/server/public-form";
import { ConsentId, PersonCodeId } from "@ringfence/core/ids";
import { DeclineTopics } from "@ringfence/core/desk/own-record";
import { MakeComplaint } from "@ringfence/core/desk/complaint";
import { makeComplaint } from "@ringfence/services/desk/complaint";
import { ServiceError } from "@ringfence/services/errors";

const tooOften = {
  key: "error.rate-limited",
  values: { limit: 60, window: 60, seconds: 60 },
} as const;

/** Sends a code to the number that a person typed. The next page is the same for every number. */
export async function requestOwnCode(address: string, data: FormData) {
  const [ctx, locale, phone] = [
    await loadOwnPage(address),
    await getLocale(),
    typedText(data, "phone"),
  ];
  const asked = isTooMany((await readRequester()).ip)
    ? { fault: tooOften }
    : await requestPersonCode(ctx, { phone: phone.slice(0, 256), locale });
  const path = `/my/${address}`;
  if (asked.fault) {
    await saveFormState(path, { faults: { "/phone": say(locale, asked.fault) }, given: { phone } });
    redirect(safePath(await addRequestedLanguage(path, { again: "true" })));
  }
  redirect(safePath(await addRequestedLanguage(`${path}/code`, { ref: asked.id })));
}

/** Checks a typed code. A wrong one leads back to the form. */
export async function submitOwnCode(
  { address, reference }: { address: string; reference: string },
  data: FormData,
) {
  const ctx = await loadOwnPage(address);
  const id = PersonCodeId.safeParse(reference).data;
  const isBarred = isTooMany((await readRequester()).ip);
  const code = typedText(data, "code");
  const link = id === undefined || isBarred ? null : await confirmPersonCode(ctx, { id, code });
  const path = `/my/${address}`;
  if (link === null) {
    const again = { ref: reference, wrong: "true" };
    redirect(safePath(await addRequestedLanguage(`${path}/code`, again)));
  }
  await saveOpenedRecord(address, link);
  redirect(safePath(await addRequestedLanguage(path)));
}

/** Checks a code that somebody handed to the person, with their number. A wrong one leads back to the form. */
export async function submitHandedCode(address: string, data: FormData) {
  const [ctx, locale] = [await loadOwnPage(address), await getLocale()];
  const phone = typedText(data, "phone").slice(0, 256);
  const opened = isTooMany((await readRequester()).ip)
    ? { fault: tooOften }
    : await openByHandedCode(ctx, { phone, code: typedText(data, "code").slice(0, 64) });
  const path = `/my/${address}/handed`;
  if (opened.fault) {
    const faults = { "/phone": say(locale, opened.fault) };
    await saveFormState(path, { faults, given: { phone } });
    redirect(safePath(await addRequestedLanguage(path, { again: "true" })));
  }
  if (opened.link === null) redirect(safePath(await addRequestedLanguage(path, { wrong: "true" })));
  await saveOpenedRecord(address, opened.link);
  redirect(safePath(await addRequestedLanguage(`/my/${address}`)));
}

/** Ends the access that a code opened in this browser. */
export async function hideOwnRecord(address: string) {
  await closeOpenedRecord(address);
  await deleteDraft(address);
  redirect(safePath(await addRequestedLanguage(`/my/${address}`)));
}

const MOST_TEXT = 2_000;

/**
 * Sends a complaint about a call or in general, while the person's record is open. If that fails, the text
 * is kept in the browser, to be sent after another code to the same phone. `owner` is the person whose page
 * it was written on: it is never sent for somebody who uses the browser later.
 */
export async function sendComplaint(
  { address, owner, callId }: { address: string; owner: string; callId: string | null },
  data: FormData,
) {
  const { organizationId } = await loadOwnPage(address);
  const opened = await findOpenedRecord(organizationId);
  const path = `/my/${address}`;
  const text = typedText(data, "text");
  const refusesCalls = typedText(data, "refusesCalls") === "yes";
  const { data: complaint } = MakeComplaint.safeParse({
    text,
    refusesCalls,
    ...(callId !== null && { callId }),
  });
  const phoneId = await unsealOwner(owner);
  const isTheirs = phoneId !== null && opened?.ctx.actor.phoneId === phoneId;
  if (text !== "" && phoneId !== null) {
    await saveDraft(address, { text: text.slice(0, MOST_TEXT), callId, refusesCalls, phoneId });
  }
  if (opened === null || !isTheirs || complaint === undefined || text === "") {
    redirect(safePath(await addRequestedLanguage(path)));
  }
  let recorded;
  try {
    recorded = await makeComplaint(opened.ctx, complaint);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    const faults = { "/text": say(await getLocale(), error.explanation) };
    await saveFormState(path, { faults, given: {} });
    redirect(safePath(await addRequestedLanguage(path, { again: "true" })));
  }
  await deleteDraft(address);
  if (recorded.id === undefined) {
    const faults = { "/text": say(await getLocale(), recorded.fault) };
    await saveFormState(path, { faults, given: {} });
    redirect(safePath(await addRequestedLanguage(path, { again: "true" })));
  }
  redirect(safePath(await addRequestedLanguage(path, { complained: recorded.id })));
}

/**
 * Withdraws one consent while the person's record is open. If it is no longer open, they are asked to get
 * another code.
 */
export async function withdrawConsent({
  address,
  consentId,
}: {
  address: string;
  consentId: string;
}) {
  const { organizationId } = await loadOwnPage(address);
  const opened = await findOpenedRecord(organizationId);
  const { data: consent } = ConsentId.safeParse(consentId);
  const path = `/my/${address}`;
  // The page must not suggest that the consent was withdrawn.
  const notWithdrawn = safePath(await addRequestedLanguage(path, { "not-withdrawn": "true" }));
  if (opened === null || consent === undefined) redirect(notWithdrawn);
  try {
    await withdrawOwnConsent(opened.ctx, { consent });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    redirect(notWithdrawn);
  }
  redirect(safePath(await addRequestedLanguage(path, { withdrawn: consent })));
}

/**
 * Stops calls about the chosen topics while the person's record is open. `owner` is the person whose page it was chosen
 * on, as for a complaint. Nothing chosen changes nothing.
 */
export async function declineOwnTopics(
  { address, owner }: { address: string; owner: string },
  data: FormData,
) {
  const { organizationId } = await loadOwnPage(address);
  const opened = await findOpenedRecord(organizationId);
  const { data: chosen } = DeclineTopics.safeParse({ topics: data.getAll("topic") });
  const path = `/my/${address}`;
  const isTheirs = opened !== null && (await unsealOwner(owner)) === opened.ctx.actor.phoneId;
  if (!isTheirs || chosen === undefined) {
    redirect(safePath(await addRequestedLanguage(path, { "not-declined": "true" })));
  }
  const [optOut = ""] = (await declineTopics(opened.ctx, chosen)).optOuts;
  redirect(safePath(await addRequestedLanguage(path, { declined: optOut })));
}

/**
 * Records when and how the person takes calls, while their record is open. `owner` is the person whose page it was chosen
 * on. A choice that leaves no time for calls comes back with what to do instead.
 */
export async function chooseOwnPreferences(
  { address, owner }: { address: string; owner: string },
  data: FormData,
) {
  const { organizationId } = await loadOwnPage(address);
  const opened = await findOpenedRecord(organizationId);
  const path = `/my/${address}`;
  const isTheirs = opened !== null && (await unsealOwner(owner)) === opened.ctx.actor.phoneId;
  if (!isTheirs) redirect(safePath(await addRequestedLanguage(path, { "not-chosen": "true" })));
  const given = {
    hours: {
      days: data.getAll("day"),
      from: typedText(data, "from"),
      to: typedText(data, "to"),
    },
    refusedDialers: data.getAll("refused"),
  };
  const saved = await savePreferences(opened.ctx, given);
  if (saved.fault === undefined) {
    redirect(safePath(await addRequestedLanguage(path, { chosen: saved.id })));
  }
  const faults = { "/preferences": say(await getLocale(), saved.fault) };
  await saveFormState(path, { faults, given: {} });
  redirect(safePath(await addRequestedLanguage(path, { again: "true" })));
}

type SavedPreferences = { id: string; fault?: never } | { fault: Message };

async function savePreferences(
  ctx: OwnRecordOpened["ctx"],
  given: unknown,
): Promise<SavedPreferences> {
  const { data: chosen, error } = CallPreferences.safeParse(given);
  const [fault] = error === undefined ? [] : toFaults(error, given);
  if (fault !== undefined || chosen === undefined) {
    return { fault: fault?.message ?? { key: "call-preference.no-hours" } };
  }
  try {
    return await chooseCallPreferences(ctx, chosen);
  } catch (failure) {
    if (!(failure instanceof ServiceError)) throw failure;
    return { fault: failure.explanation };
  }
}
