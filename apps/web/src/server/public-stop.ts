import "server-only";
import {
  listPublicOrganizations,
  openPublicPage,
  openReceiptLink,
  openStopLink,
} from "@ringfence/services/do-not-call/stop-page";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { addRequestedLanguage } from "./request-path";
import { installation } from "./installation";
import { orNotFound } from "./public-form";
import { safePath } from "./safe-path";

/** Opens an organization's stop page for an anonymous visitor. */
export const loadStopPage = cache((address: string) =>
  orNotFound(() => openPublicPage(installation(), address, "stop")),
);

/** Opens a stop link on behalf of the person it was made for. */
export const loadStopLink = cache((link: string) =>
  orNotFound(() => openStopLink(installation(), link)),
);

/** Opens a receipt on behalf of the person who has it. */
export const loadReceipt = cache((receipt: string) =>
  orNotFound(() => openReceiptLink(installation(), receipt)),
);

/**
 * Lists all organizations of this installation with the paths of their pages. Does not return if there is only one:
 * it redirects.
 */
export async function listOrganizations(base: "/stop" | "/my") {
  await connection(); // skips the build, which has no database
  const organizations = await Promise.all(
    (await listPublicOrganizations(installation())).map(async ({ name, address }) => ({
      name,
      path: await addRequestedLanguage(`${base}/${address}`),
    })),
  );
  const [only, ...others] = organizations;
  if (only && others.length === 0) redirect(safePath(only.path));
  return organizations;
}
