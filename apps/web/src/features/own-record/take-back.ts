"use server";

import { ConsentId } from "@ringfence/core/ids";
import { ServiceError } from "@ringfence/services/errors";
import { withdrawOwnConsent } from "@ringfence/services/own-record";
import { redirect } from "next/navigation";
import { inAskedLanguage } from "@/server/asked-language";
import { openedOwn, visitingOwn } from "@/server/own-record";
import { safePath } from "@/server/safe-path";

/** A person takes back one consent, while their record is open; after that they type another code. */
export async function takeBackConsent({
  address,
  consentId,
}: {
  address: string;
  consentId: string;
}) {
  const { organizationId } = await visitingOwn(address);
  const opened = await openedOwn(organizationId);
  const { data: consent } = ConsentId.safeParse(consentId);
  const path = `/my/${address}`;
  if (opened === null || consent === undefined) redirect(safePath(await inAskedLanguage(path)));
  try {
    await withdrawOwnConsent(opened.ctx, { consent });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    redirect(safePath(await inAskedLanguage(path)));
  }
  redirect(safePath(await inAskedLanguage(path, { taken: "true" })));
}
