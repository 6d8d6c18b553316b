"use server";

import { PersonCodeId } from "@ringfence/core/ids";
import { answerPersonCode } from "@ringfence/services/desk/own-record";
import { redirect } from "next/navigation";
import { typedText } from "@/components/typed-text";
import { forgetDraft } from "@/server/kept-draft";
import { inAskedLanguage } from "@/server/asked-language";
import { forgetOpened, keepOpened, visitingOwn } from "@/server/own-record";
import { safePath } from "@/server/safe-path";
import { isTooMany, seenRequest } from "@/server/seen-request";

/** Takes the code that a person was sent; a wrong one brings them back. */
export async function typeOwnCode(
  { address, reference }: { address: string; reference: string },
  data: FormData,
) {
  const ctx = await visitingOwn(address);
  const id = PersonCodeId.safeParse(reference).data;
  const isBarred = isTooMany((await seenRequest()).ip);
  const code = typedText(data, "code");
  const link = id === undefined || isBarred ? null : await answerPersonCode(ctx, { id, code });
  const path = `/my/${address}`;
  if (link === null) {
    const again = { ref: reference, wrong: "true" };
    redirect(safePath(await inAskedLanguage(`${path}/code`, again)));
  }
  await keepOpened(address, link);
  redirect(safePath(await inAskedLanguage(path)));
}

/** Closes what a code has opened in this browser. */
export async function hideOwnRecord(address: string) {
  await forgetOpened(address);
  await forgetDraft(address);
  redirect(safePath(await inAskedLanguage(`/my/${address}`)));
}
