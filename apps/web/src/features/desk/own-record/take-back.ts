"use server";

import { ConsentId } from "@ringfence/core/ids";
import { ServiceError } from "@ringfence/services/errors";
import { withdrawOwnConsent } from "@ringfence/services/desk/own-record";
import { redirect } from "next/navigation";
import { inAskedLanguage } from "@/server/asked-language";
import { openedOwn, visitingOwn } from "@/server/own-record";
import { safePath } from "@/server/safe-path";

/** A person takes back one consent, while their record is open; after that they are told to type another code. */
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
  // Nobody may think that a consent is gone which stands.
  const notTaken = safePath(await inAskedLanguage(path, { kept: "true" }));
  if (opened === null || consent === undefined) redirect(notTaken);
  try {
    await withdrawOwnConsent(opened.ctx, { consent });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    redirect(notTaken);
  }
  redirect(safePath(await inAskedLanguage(path, { taken: "true" })));
}
